import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface FieldProps {
  label: string;
  hint?: string;
  /** What is wrong with what was entered. */
  problems?: readonly string[] | undefined;
  /** The control, which is to carry what ties it to its label, its hint and what is wrong with it. */
  children: (ties: Ties) => ComponentChildren;
}

interface Ties {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid"?: true;
}

/** A control with a label, a hint and what is wrong, which screen readers tell as well. */
export function Field({ label, hint, problems = [], children }: FieldProps) {
  const id = useId();
  const hintId = hint === undefined ? undefined : `${id}-hint`;
  const problemsId = problems.length === 0 ? undefined : `${id}-problems`;
  const described = [problemsId, hintId].filter((one) => one !== undefined).join(" ");
  const ties: Ties = {
    ...{ id, "aria-describedby": described === "" ? undefined : described },
    ...(problemsId !== undefined && { "aria-invalid": true }),
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children(ties)}
      {problemsId !== undefined && (
        <ul id={problemsId} class="problems bad-text">
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
      {hint !== undefined && (
        <p id={hintId} class="hint">
          {hint}
        </p>
      )}
    </div>
  );
}
