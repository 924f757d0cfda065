/** Where the service publishes what it has to tell of a cache: webhooks subscribe to it as to any topic. */
export const operationalTopic = "$hookcast";

/** The most webhooks of one cache that may subscribe to it: each event is a POST to every one of them. */
export const maxListeners = 10;
