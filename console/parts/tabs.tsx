import { query, setQuery } from "../state/address/address.ts";

interface TabsProps<Name extends string> {
  /** What the tabs are about, for those who do not see the page. */
  label: string;
  /** Name in the address and words. */
  tabs: Readonly<Record<Name, string>>;
  /** Under which name the address keeps the choice. */
  field?: string;
  /** Which is shown where the address names none; default: the first. */
  usual?: NoInfer<Name>;
}

/** Which tab the address asks for. */
export function chosenTab<Name extends string>(
  tabs: Readonly<Record<Name, string>>,
  field = "tab",
  usual?: NoInfer<Name>,
): Name {
  const names = Object.keys(tabs) as Name[];
  const shown = usual ?? names[0];
  if (shown === undefined) throw new Error("there are no tabs");
  return names.find((name) => name === query.value[field]) ?? shown;
}

/** Parts of a page of which one is shown; the choice is in the address. */
export function Tabs<Name extends string>({ label, tabs, field = "tab", usual }: TabsProps<Name>) {
  const chosen = chosenTab(tabs, field, usual);
  const entries = Object.entries<string>(tabs);
  const unnamed = usual ?? entries[0]?.[0];
  return (
    <fieldset class="tabs">
      <legend class="unseen">{label}</legend>
      {entries.map(([name, words]) => (
        <button
          key={name}
          type="button"
          aria-pressed={name === chosen}
          onClick={() => setQuery({ [field]: name === unnamed ? undefined : name })}
        >
          {words}
        </button>
      ))}
    </fieldset>
  );
}
