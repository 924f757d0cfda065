import { afterEach, beforeEach, vi } from "vitest";

/** Catches what each of this file's tests prints, and keeps it off the screen. */
export function catchOutput(): { text: string } {
  const output = { text: "" };
  beforeEach(() => {
    output.text = "";
    vi.spyOn(process.stdout, "write").mockImplementation((text) => {
      output.text += text;
      return true;
    });
  });
  afterEach(() => vi.restoreAllMocks());
  return output;
}
