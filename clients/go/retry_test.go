package hookcast

import (
	"errors"
	"net/http"
	"testing"
	"time"
)

func TestWaitsDoubleFromAQuarterOfASecondToEight(t *testing.T) {
	expected := []time.Duration{250, 500, 1000, 2000, 4000, 8000, 8000, 8000}
	for index, milliseconds := range expected {
		lost := &ConnectionError{Err: errors.New("lost"), Tries: index + 1}
		wait, isAgain := waitBeforeRetry(lost, true, 1)
		if !isAgain || wait != milliseconds*time.Millisecond {
			t.Errorf("after try %d: %v, %v", index+1, wait, isAgain)
		}
	}
}

func TestShortensAWaitByUpToAHalf(t *testing.T) {
	lost := &ConnectionError{Err: errors.New("lost"), Tries: 1}
	if wait, _ := waitBeforeRetry(lost, true, 0); wait != 125*time.Millisecond {
		t.Error(wait)
	}
}

func TestWaitsAsLongAsItIsAskedAndNotAboveHalfAMinute(t *testing.T) {
	asked := 30 * time.Second
	busy := &Error{Status: http.StatusServiceUnavailable, RetryAfter: &asked, Tries: 1}
	if wait, isAgain := waitBeforeRetry(busy, true, 1); !isAgain || wait != 30250*time.Millisecond {
		t.Error(wait, isAgain)
	}
	asked = 31 * time.Second
	if _, isAgain := waitBeforeRetry(busy, true, 1); isAgain {
		t.Error("waits longer than half a minute")
	}
}

func TestReadsRetryAfterInSecondsAndAsADate(t *testing.T) {
	now := time.Date(2024, time.January, 24, 23, 20, 28, 0, time.UTC)
	for header, expected := range map[string]time.Duration{
		"7":                             7 * time.Second,
		"Wed, 24 Jan 2024 23:20:38 GMT": 10 * time.Second,
		"Wed, 24 Jan 2024 23:20:18 GMT": 0,
	} {
		if wait := retryAfter(header, now); wait == nil || *wait != expected {
			t.Error(header, wait)
		}
	}
	if retryAfter("soon", now) != nil || retryAfter("", now) != nil {
		t.Error("reads what says nothing")
	}
}
