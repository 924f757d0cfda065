import { Failure } from "./failure.ts";

/** Puts into words why a file that was named cannot be read. */
export function unreadable(file: string): (error: unknown) => never {
  return (error) => {
    throw new Failure("usage", `${file} cannot be read: ${Object(error).code}`);
  };
}
