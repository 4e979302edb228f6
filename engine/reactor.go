//go:build wasip1

package main

import "unsafe"

// Both stay referenced between calls: the host reads and writes them by address.
var input, output []byte

// main is never called: the module is a reactor. Package initialisation runs in _initialize.
func main() {}

//go:wasmexport reserve
func reserve(size int32) int32 {
	// Reuse what is there, unless it is a much larger object's.
	if int(size) > cap(input) || cap(input) > 1<<20 && int(size) < cap(input)/4 {
		input = make([]byte, max(size, 1))
	}
	input = input[:max(size, 1)]
	return int32(uintptr(unsafe.Pointer(unsafe.SliceData(input))))
}

//go:wasmexport answer
func answer(length int32) int64 {
	if length < 0 || int(length) > len(input) {
		length = int32(len(input))
	}
	output = reply(input[:length])
	tidy()
	return int64(uintptr(unsafe.Pointer(unsafe.SliceData(output))))<<32 | int64(len(output))
}
