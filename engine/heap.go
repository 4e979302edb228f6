package main

import (
	"runtime"
	"runtime/metrics"
)

// Go's collector works beside the program, which on a single thread means now and then while the program allocates. A
// collection that begins in one request lasts over the next ones and keeps all that they allocate, and the heap grows to
// many times what is in use. So it is done between two requests, as a whole.

// mostGarbage is what may be left behind before it is collected, in bytes. More costs memory and saves no time (measured).
const mostGarbage = 48 << 20

var (
	heapObjects  = []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	collectAbove uint64
)

func heapSize() uint64 {
	metrics.Read(heapObjects)
	return heapObjects[0].Value.Uint64()
}

// tidy is called when a request has been answered.
func tidy() {
	if heapSize() < collectAbove {
		return
	}
	runtime.GC()
	collectAbove = heapSize() + mostGarbage
}
