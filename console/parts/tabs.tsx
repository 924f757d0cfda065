import { query, setQuery } from "../state/address/navigation.ts";

interface TabsProps<Name extends string> {
  /** What the tabs are about, for those who do not see the page. */
  label: string;
  /** Name in the address and words; the first is shown where the address names none. */
  tabs: Readonly<Record<Name, string>>;
  /** Under which name the address keeps the choice. */
  field?: string;
}

/** Which tab the address asks for. */
export function chosenTab<Name extends string>(
  tabs: Readonly<Record<Name, string>>,
  field = "tab",
): Name {
  const names = Object.keys(tabs) as Name[];
  const [first] = names;
  if (first === undefined) throw new Error("there are no tabs");
  return names.find((name) => name === query.value[field]) ?? first;
}

/** Parts of a page of which one is shown; the choice is in the address. */
export function Tabs<Name extends string>({ label, tabs, field = "tab" }: TabsProps<Name>) {
  const chosen = chosenTab(tabs, field);
  const entries = Object.entries<string>(tabs);
  return (
    <fieldset class="tabs">
      <legend class="unseen">{label}</legend>
      {entries.map(([name, words], index) => (
        <button
          key={name}
          type="button"
          aria-pressed={name === chosen}
          onClick={() => setQuery({ [field]: index === 0 ? undefined : name })}
        >
          {words}
        </button>
      ))}
    </fieldset>
  );
}
