import * as z from "zod/mini";

// cdk.json has real numbers, booleans and lists; `cdk -c name=value` hands every value over as text.
function fromText(read: (text: string) => unknown) {
  return z.transform((given: unknown): unknown =>
    typeof given === "string" ? read(given) : given,
  );
}

const number = fromText((text) => (/^\d+$/.test(text) ? Number(text) : text));

export function whole(minimum: number, maximum: number) {
  return z.pipe(number, z.int().check(z.gte(minimum), z.lte(maximum)));
}

export function oneOf(numbers: readonly number[]) {
  return z.pipe(number, z.literal(numbers));
}

export const flag = z.pipe(
  fromText((text) => (text === "true" ? true : text === "false" ? false : text)),
  z.boolean(),
);

const dayS = 86_400;
const horizonS = 7 * dayS;

/** The waits between attempts, in seconds; `5,300` as text. A delivery lives a week at most. */
export const waits = z.pipe(
  fromText((text) => text.split(",")),
  z.array(whole(1, dayS)).check(
    z.minLength(1),
    z.maxLength(50),
    z.refine((seconds) => seconds.reduce((sum, wait) => sum + wait, 0) <= horizonS, {
      error: "Together more than 7 days, which is as long as a delivery lives",
    }),
  ),
);
