import { indented, isJson } from "../../state/json-text.ts";

/** A body or a program; JSON is laid out for reading. */
export function CodeBlock({ text }: { text: string }) {
  return (
    // Who uses a keyboard must be able to scroll it.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
    <pre class="block code" tabIndex={0}>
      {isJson(text) ? indented(text) : text}
    </pre>
  );
}
