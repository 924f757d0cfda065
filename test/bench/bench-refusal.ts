/** What whoever runs the bench can put right; printed without a stack trace. */
export class BenchRefusal extends Error {}
