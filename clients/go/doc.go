// Package hookcast is the Hookcast client: it publishes, manages webhooks, reads deliveries, and
// verifies what arrives. It needs the standard library alone.
package hookcast
