import type { ComponentChildren } from "preact";

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => ComponentChildren;
  /** Of its cells. */
  readonly class?: string;
  /** Figures stand at the right, under their title. */
  readonly isNumber?: boolean;
  /** Names its row. */
  readonly isHeading?: boolean;
  /** The title is read out and not shown. */
  readonly isUnseen?: boolean;
}

interface RowsTableProps<Row> {
  class: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
}

/** A row for each thing. On a narrow screen each cell says what it is. */
export function RowsTable<Row>({ class: name, columns, rows, keyOf }: RowsTableProps<Row>) {
  return (
    <table class={`rows ${name}`}>
      <thead>
        <tr>
          {columns.map(({ title, isNumber, isUnseen }) => (
            <th key={title} scope="col" class={isNumber ? "number" : undefined}>
              {isUnseen ? <span class="unseen">{title}</span> : title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map((column) => (
              <Cell key={column.title} column={column} row={row} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  const { title, cell, isNumber, isHeading, isUnseen } = column;
  const properties = {
    class: isNumber ? "number" : column.class,
    // Where nobody sees the title, a narrow screen need not say it either.
    "data-label": isUnseen ? undefined : title,
  };
  return isHeading ? (
    <th scope="row" {...properties}>
      {cell(row)}
    </th>
  ) : (
    <td {...properties}>{cell(row)}</td>
  );
}
