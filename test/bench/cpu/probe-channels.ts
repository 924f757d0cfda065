/** Between the service and the probes in its functions' threads. */
export const orderChannel = "hookcast-bench-orders";
export const answerChannel = "hookcast-bench-answers";
