package hookcast

import (
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/sha3"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"hash"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
)

type verification struct {
	tolerance time.Duration
}

// VerifyOption changes a verification.
type VerifyOption func(*verification)

// WithTolerance says how far a delivery's time may be from now: five minutes by default.
func WithTolerance(tolerance time.Duration) VerifyOption {
	return func(v *verification) { v.tolerance = tolerance }
}

// Verify returns nil for a delivery with a Standard Webhooks signature by this secret, made now. It
// returns a *VerificationError for any other, and an *InputError if the secret is empty or not base64.
// The body must be as it came: what was parsed and written anew has other bytes.
func Verify(header http.Header, body []byte, secret string, options ...VerifyOption) error {
	key, err := decodeBase64(strings.TrimPrefix(secret, "whsec_"))
	if err != nil || len(key) == 0 {
		// The receiver's mistake, not the sender's; an empty one would let anybody sign.
		return &InputError{Err: errors.New("the secret must be whsec_ and base64")}
	}
	signatures, content, err := signed(header, body, options)
	if err != nil {
		return err
	}
	mac := hmac.New(sha256.New, key)
	mac.Write(content)
	expected := mac.Sum(nil)
	for _, signature := range decodedSignatures(signatures, "v1,") {
		if hmac.Equal(signature, expected) {
			return nil
		}
	}
	return &VerificationError{Reason: "no signature matches the secret"}
}

// A sender who is nobody must not choose how much there is to compute.
const maxSignatures = 8

// VerifyPublic is Verify with public keys of the webhook's cache in place of its secret, for webhooks
// with Config.Asymmetric. There are several while a key is being replaced.
func VerifyPublic(
	header http.Header, body []byte, publicKeys []string, options ...VerifyOption,
) error {
	if len(publicKeys) == 0 {
		return &InputError{Err: errors.New("there is no public key")}
	}
	keys := make([]ed25519.PublicKey, len(publicKeys))
	for index, text := range publicKeys {
		encoded, isKey := strings.CutPrefix(text, "whpk_")
		key, err := decodeBase64(encoded)
		if !isKey || err != nil || len(key) != ed25519.PublicKeySize {
			return &InputError{Err: errors.New("a public key must be whpk_ and the base64 of 32 bytes")}
		}
		keys[index] = key
	}
	signatures, content, err := signed(header, body, options)
	if err != nil {
		return err
	}
	given := decodedSignatures(signatures, "v1a,")
	for _, signature := range given[:min(len(given), maxSignatures)] {
		for _, key := range keys {
			if ed25519.Verify(key, content, signature) {
				return nil
			}
		}
	}
	return &VerificationError{Reason: "no signature matches a public key"}
}

// signed returns the signatures of a fresh delivery, and what they are of.
func signed(
	header http.Header, body []byte, options []VerifyOption,
) (signatures string, content []byte, err error) {
	given := verification{tolerance: 5 * time.Minute}
	for _, option := range options {
		option(&given)
	}
	id, err := required(header, "webhook-id")
	if err != nil {
		return "", nil, err
	}
	// No id of the service has a dot; with one, a part of the body could pose as the timestamp.
	if strings.Contains(id, ".") {
		return "", nil, &VerificationError{Reason: "webhook-id must not contain a dot"}
	}
	timestamp, err := required(header, "webhook-timestamp")
	if err != nil {
		return "", nil, err
	}
	if err := assertFresh(timestamp, given.tolerance); err != nil {
		return "", nil, err
	}
	signatures, err = required(header, "webhook-signature")
	return signatures, append([]byte(id+"."+timestamp+"."), body...), err
}

// decodedSignatures are several while a secret is being replaced. Other versions may stand beside ours.
func decodedSignatures(header, version string) [][]byte {
	var decoded [][]byte
	for signature := range strings.SplitSeq(header, " ") {
		text, isOurs := strings.CutPrefix(signature, version)
		if bytes, err := decodeBase64(text); isOurs && err == nil {
			decoded = append(decoded, bytes)
		}
	}
	return decoded
}

// VerifyMomento returns nil for a delivery with a momento-signature by this secret. It is for receivers
// that know no other. It covers no time, so whoever has seen an old delivery can send it again.
func VerifyMomento(header http.Header, body []byte, secret string) error {
	if secret == "" {
		return &InputError{Err: errors.New("the secret is empty")}
	}
	signature, err := required(header, "momento-signature")
	if err != nil {
		return err
	}
	mac := hmac.New(func() hash.Hash { return sha3.New256() }, []byte(secret))
	mac.Write(body)
	given, err := hex.DecodeString(signature)
	if err != nil || !hmac.Equal(given, mac.Sum(nil)) {
		return &VerificationError{Reason: "momento-signature does not match the secret"}
	}
	return nil
}

func required(header http.Header, name string) (string, error) {
	value := strings.Join(header.Values(name), " ")
	if value == "" {
		return "", &VerificationError{Reason: name + " is missing"}
	}
	return value, nil
}

var wholeSeconds = regexp.MustCompile(`^[0-9]{1,15}$`)

func assertFresh(timestamp string, tolerance time.Duration) error {
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil || !wholeSeconds.MatchString(timestamp) {
		return &VerificationError{Reason: "webhook-timestamp must be in whole seconds"}
	}
	// In seconds, since a duration ends after three centuries.
	age := float64(time.Now().UnixMilli())/1000 - float64(seconds)
	switch {
	case age > tolerance.Seconds():
		return &VerificationError{Reason: "the delivery is too old"}
	case age < -tolerance.Seconds():
		return &VerificationError{Reason: "the delivery is from the future"}
	default:
		return nil
	}
}

// decodeBase64 takes it with or without padding.
func decodeBase64(text string) ([]byte, error) {
	return base64.RawStdEncoding.DecodeString(strings.TrimRight(text, "="))
}
