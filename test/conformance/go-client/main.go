// Posts to each URL that is read from a line and prints the status that Go's client takes, or 0.
package main

import (
	"bufio"
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"
)

func main() {
	client := http.Client{
		Timeout:   10 * time.Second,
		Transport: &http.Transport{DisableKeepAlives: true, DisableCompression: true},
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse
		},
	}
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		answer, err := client.Post(lines.Text(), "application/json", strings.NewReader("{}"))
		if err != nil {
			fmt.Println(0)
			continue
		}
		fmt.Println(answer.StatusCode)
		answer.Body.Close()
	}
}
