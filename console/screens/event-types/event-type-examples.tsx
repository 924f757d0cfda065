import { CodeBlock } from "../../parts/text/code-block.tsx";
import { CopyButton } from "../../parts/text/copy-button.tsx";
import type { DescribedEvent } from "../../state/event-types/catalogue.ts";
import { SendExample } from "./send-example.tsx";

/** Values that the schema accepts; those of the newest version can be sent. */
export function EventTypeExamples({ type }: { type: DescribedEvent }) {
  const { examples, schemaVersion, versions } = type;
  const isNewest = (versions[0]?.schemaVersion ?? schemaVersion) === schemaVersion;
  return (
    <section class="card stack" aria-labelledby="examples">
      <h2 id="examples">{examples.length === 1 ? "Example" : "Examples"}</h2>
      {examples.length === 0 && (
        <p class="quiet">There is none. Examples are what your customers see first.</p>
      )}
      {examples.map((example, index) => {
        const text = JSON.stringify(example);
        return (
          <div key={index} class="stack tight">
            <CodeBlock text={text} />
            <div class="actions">
              <CopyButton
                text={text}
                what={examples.length === 1 ? "example" : `example ${index + 1}`}
              />
            </div>
          </div>
        );
      })}
      {isNewest && examples.length > 0 && <SendExample type={type} />}
    </section>
  );
}
