module example

go 1.24

require hookcast.example/hookcast v0.0.0

// The client of this checkout: no module proxy has it yet.
replace hookcast.example/hookcast => ../../clients/go
