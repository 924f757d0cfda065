// A receiver that demands a client certificate, as Go's standard library does it.
//
// Arguments: the folder of server.pem, server.key and clients.pem; "1.2" or "1.3"; the port of 127.0.0.1.
package main

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"path/filepath"
)

func main() {
	folder, version, port := os.Args[1], os.Args[2], os.Args[3]
	authority, err := os.ReadFile(filepath.Join(folder, "clients.pem"))
	if err != nil {
		log.Fatal(err)
	}
	clients := x509.NewCertPool()
	if !clients.AppendCertsFromPEM(authority) {
		log.Fatal("clients.pem has no certificate")
	}
	number := map[string]uint16{"1.2": tls.VersionTLS12, "1.3": tls.VersionTLS13}[version]
	server := &http.Server{
		Addr:    "127.0.0.1:" + port,
		Handler: http.HandlerFunc(answer),
		TLSConfig: &tls.Config{
			ClientAuth: tls.RequireAndVerifyClientCert,
			ClientCAs:  clients,
			MinVersion: number,
			MaxVersion: number,
		},
	}
	log.Fatal(server.ListenAndServeTLS(filepath.Join(folder, "server.pem"), filepath.Join(folder, "server.key")))
}

func answer(response http.ResponseWriter, request *http.Request) {
	if _, err := io.Copy(io.Discard, request.Body); err != nil {
		return
	}
	name := request.TLS.PeerCertificates[0].Subject.CommonName
	fmt.Println(request.Header.Get("webhook-id"), name, tls.VersionName(request.TLS.Version))
}
