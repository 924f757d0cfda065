import { CopyButton } from "./copy-button.tsx";

interface IdTextProps {
  id: string;
  /** What it is the id of, for the button's readers. */
  what: string;
  /** Where it leads, if anywhere. */
  href?: string | undefined;
}

/** An id in one piece, which can be copied. */
export function IdText({ id, what, href }: IdTextProps) {
  return (
    <span class="id-text">
      {href === undefined ? (
        <code class="id">{id}</code>
      ) : (
        <a class="id" href={href}>
          {id}
        </a>
      )}
      <CopyButton text={id} what={`${what}’s id`} />
    </span>
  );
}
