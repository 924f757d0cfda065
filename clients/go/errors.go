package hookcast

import (
	"fmt"
	"strings"
	"time"
)

// Error says that the service, or the gateway before it, answered, but not with what was asked for.
type Error struct {
	Status int
	// Code is empty if the gateway, or a proxy before it, answered by itself.
	Code    ErrorCode
	Message string
	// Details has every bad field.
	Details []ErrorDetail
	// RequestID is what the service's log knows the request by.
	RequestID string
	// RetryAfter is how long the answer asks to wait; nil if it does not say.
	RetryAfter *time.Duration
	// Tries above 1 mean that a 404 or 412 may result from an earlier try whose answer was lost.
	Tries int
}

func (e *Error) Error() string {
	text := fmt.Sprintf("hookcast: %d %s: %s", e.Status, e.Code, e.Message)
	if e.Code == "" {
		text = fmt.Sprintf("hookcast: %d: %s", e.Status, e.Message)
	}
	if len(e.Details) == 0 {
		return text
	}
	fields := make([]string, len(e.Details))
	for index, detail := range e.Details {
		fields[index] = detail.Path + ": " + detail.Message
	}
	return text + " (" + strings.Join(fields, "; ") + ")"
}

// ConnectionError says that no complete answer came, in time or at all. The operation may have been
// carried out.
type ConnectionError struct {
	Err   error
	Tries int
}

func (e *ConnectionError) Error() string { return "hookcast: " + e.Err.Error() }

// Unwrap returns the cause.
func (e *ConnectionError) Unwrap() error { return e.Err }

// InputError says that the input cannot be sent. Nothing was sent.
type InputError struct {
	Err error
}

func (e *InputError) Error() string { return "hookcast: " + e.Err.Error() }

// Unwrap returns the cause.
func (e *InputError) Unwrap() error { return e.Err }

// VerificationError says that what came is not a delivery that the service signed with this secret,
// now.
type VerificationError struct {
	Reason string
}

func (e *VerificationError) Error() string { return "hookcast: " + e.Reason }
