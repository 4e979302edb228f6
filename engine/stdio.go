//go:build !wasip1

package main

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"log"
	"os"
)

// main answers requests from standard input until it ends, each framed by its length.
func main() {
	requests, answers := bufio.NewReaderSize(os.Stdin, 1<<20), bufio.NewWriter(os.Stdout)
	for {
		request, err := readFrame(requests)
		if errors.Is(err, io.EOF) {
			return
		}
		if err == nil {
			err = writeFrame(answers, reply(request))
		}
		if err != nil {
			log.Fatal(err)
		}
	}
}

func readFrame(source io.Reader) ([]byte, error) {
	var length [4]byte
	if _, err := io.ReadFull(source, length[:]); err != nil {
		return nil, err
	}
	frame := make([]byte, binary.LittleEndian.Uint32(length[:]))
	_, err := io.ReadFull(source, frame)
	return frame, err
}

func writeFrame(target *bufio.Writer, frame []byte) error {
	var length [4]byte
	binary.LittleEndian.PutUint32(length[:], uint32(len(frame)))
	if _, err := target.Write(length[:]); err != nil {
		return err
	}
	if _, err := target.Write(frame); err != nil {
		return err
	}
	return target.Flush()
}
