import { useSignal } from "@preact/signals";
import { CodeBlock } from "../../../console/parts/text/code-block.tsx";
import { t } from "../../language/language.ts";
import { CopyButton } from "../../parts/copy-button.tsx";
import { type SnippetLanguage, snippets } from "../../state/snippets.ts";

/** The reader's choice holds for every snippet of the page. */
const names = Object.keys(snippets) as SnippetLanguage[]; // keys of a constant object

interface VerifySnippetsProps {
  /** The endpoint's own, once it is revealed. */
  secret?: string | undefined;
  /** Whether there is a secret to reveal. */
  isRevealable?: boolean;
}

/** How to verify a request, in the reader's programming language. */
export function VerifySnippets({ secret, isRevealable }: VerifySnippetsProps) {
  const chosen = useSignal<SnippetLanguage>("Node.js");
  const code = snippets[chosen.value];
  return (
    <div class="stack">
      <h3>{t("secret.verify")}</h3>
      <fieldset class="tabs">
        <legend class="unseen">{t("secret.language")}</legend>
        {names.map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={name === chosen.value}
            onClick={() => (chosen.value = name)}
          >
            {name}
          </button>
        ))}
      </fieldset>
      <CodeBlock text={`SECRET=${secret ?? "whsec_•••"}`} />
      <CodeBlock text={code} />
      <div class="actions">
        <CopyButton text={code} />
        {isRevealable && secret === undefined && <span class="hint">{t("secret.verifyText")}</span>}
      </div>
    </div>
  );
}
