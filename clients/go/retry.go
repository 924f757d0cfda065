package hookcast

import (
	"errors"
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"
)

const (
	firstWait  = 250 * time.Millisecond
	maxBackoff = 8 * time.Second
	// Who asks for more patience than this gets none: the caller should know.
	maxWait = 30 * time.Second
)

// waitBeforeRetry returns how long to wait before the request is sent again, and whether it must be.
// The chance is from 0 to 1.
func waitBeforeRetry(err error, isRepeatable bool, chance float64) (time.Duration, bool) {
	tries, asked, isWorthIt := judge(err, isRepeatable)
	if !isWorthIt || asked > maxWait {
		return 0, false
	}
	backoff := maxBackoff
	if tries <= 6 {
		backoff = min(maxBackoff, firstWait<<(tries-1))
	}
	return asked + time.Duration(float64(backoff)*(0.5+chance/2)), true
}

func randomChance() float64 {
	return rand.Float64() //nolint:gosec // it spreads retries, and keeps no secret
}

func judge(err error, isRepeatable bool) (tries int, asked time.Duration, isWorthIt bool) {
	var lost *ConnectionError
	if errors.As(err, &lost) {
		return lost.Tries, 0, isRepeatable
	}
	var refusal *Error
	if !errors.As(err, &refusal) {
		return 0, 0, false
	}
	if refusal.RetryAfter != nil {
		asked = *refusal.RetryAfter
	}
	switch refusal.Status {
	case http.StatusTooManyRequests:
		// What is throttled was not begun. A used-up quota stays so, unless it says for how long.
		isWorthIt = refusal.Code != ErrorCodeLimitExceededError || refusal.RetryAfter != nil
	case http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		isWorthIt = isRepeatable
	case http.StatusInternalServerError:
		// A 500 in the service's own words is a bug and comes again. Another comes from the gateway.
		isWorthIt = isRepeatable && refusal.Code == ""
	}
	return refusal.Tries, asked, isWorthIt
}

// retryAfter reads the header, which has seconds or a date; nil if it says nothing.
func retryAfter(header string, now time.Time) *time.Duration {
	if seconds, err := strconv.ParseUint(header, 10, 31); err == nil {
		wait := time.Duration(seconds) * time.Second
		return &wait
	}
	date, err := http.ParseTime(header)
	if err != nil {
		return nil
	}
	wait := max(0, date.Sub(now))
	return &wait
}
