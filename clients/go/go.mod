module hookcast.example/hookcast

go 1.24
