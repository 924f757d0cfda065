export type FormSubmit = SubmitEvent & { currentTarget: HTMLFormElement };

/** The text fields of a form that is being submitted; the page itself goes nowhere. */
export function submitted(event: FormSubmit): (name: string) => string {
  event.preventDefault();
  const form = new FormData(event.currentTarget);
  return (name) => {
    const value = form.get(name);
    return typeof value === "string" ? value : "";
  };
}
