package main

import (
	"errors"
	"os"
	"path/filepath"
)

// An inbox keeps deliveries by their webhook-id, in a file for each. A delivery is stored before it is answered,
// and only once: what was answered is not lost, and what comes again is not done again. The file stays, empty,
// when the work is done.
type inbox struct {
	folder  string
	arrived chan struct{}
}

func openInbox(folder string) (*inbox, error) {
	if folder == "" {
		folder = "inbox"
	}
	arrived := make(chan struct{}, 1)
	return &inbox{folder, arrived}, os.MkdirAll(filepath.Join(folder, "arriving"), 0o700)
}

// store tells whether the delivery is new. A file gets the id as its name when it is whole, and only the first
// one can get it. The id is safe as a name: it was signed.
func (inbox *inbox) store(id string, body []byte) (bool, error) {
	file, err := os.CreateTemp(filepath.Join(inbox.folder, "arriving"), "")
	if err != nil {
		return false, err
	}
	defer os.Remove(file.Name())
	_, err = file.Write(body)
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return false, err
	}
	err = os.Link(file.Name(), filepath.Join(inbox.folder, id))
	if errors.Is(err, os.ErrExist) {
		return false, nil
	}
	select {
	case inbox.arrived <- struct{}{}:
	default: // there is word of an earlier one already
	}
	return err == nil, err
}

// handleWaiting handles what is stored and not done.
func (inbox *inbox) handleWaiting(handle func(id string, body []byte)) error {
	entries, err := os.ReadDir(inbox.folder)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if entry.IsDir() {
			continue
		}
		path := filepath.Join(inbox.folder, entry.Name())
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if len(body) == 0 {
			continue
		}
		handle(entry.Name(), body)
		if err := os.Truncate(path, 0); err != nil {
			return err
		}
	}
	return nil
}
