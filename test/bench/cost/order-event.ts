/** A value as shops send them: 2 KB of JSON, part names and part what differs from one to the next. */
export function orderEvent(seed: number): string {
  const random = randomNumbers(seed);
  const digits = (count: number) =>
    Array.from({ length: count }, () => Math.floor(random() * 10)).join("");
  const id = () => `${digits(8)}-${digits(4)}-${digits(12)}`;
  const pick = (words: readonly string[]) => words[Math.floor(random() * words.length)];
  const item = () => ({
    id: id(),
    sku: `${pick(["TEE", "MUG", "CAP", "BAG"])}-${digits(6)}`,
    title: pick(["Crew neck t-shirt", "Enamel mug", "Corduroy cap", "Canvas tote bag"]),
    quantity: 1 + Math.floor(random() * 4),
    unit_price: { amount: `${digits(2)}.${digits(2)}`, currency: "EUR" },
    tax_lines: [{ title: "VAT", rate: 0.19, amount: `${digits(1)}.${digits(2)}` }],
    requires_shipping: true,
  });
  const address = () => ({
    name: `${pick(["Ada", "Grace", "Alan", "Edsger"])} ${pick(["Lind", "Meyer", "Okafor", "Sato"])}`,
    street: `${pick(["Harbour Road", "Mill Lane", "Station Street"])} ${digits(2)}`,
    postal_code: digits(5),
    city: pick(["Bergen", "Porto", "Utrecht", "Graz"]),
    country: pick(["NO", "PT", "NL", "AT"]),
    phone: `+47${digits(9)}`,
  });
  return JSON.stringify({
    id: id(),
    object: "order",
    created_at: `2026-11-${1 + Math.floor(random() * 9)}1T0${digits(1)}:1${digits(1)}:2${digits(1)}Z`,
    status: pick(["paid", "fulfilled", "refunded"]),
    total: { amount: `${digits(3)}.${digits(2)}`, currency: "EUR" },
    customer: { id: id(), email: `customer.${digits(7)}@mail.example`, orders_count: 3 },
    line_items: Array.from({ length: 6 }, item),
    shipping_address: address(),
    billing_address: address(),
    payment: { id: id(), method: "card", last4: digits(4), captured: true },
    shipping_method: "standard",
    note: null,
  });
}

/** The same numbers from 0 to 1 for the same seed. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
