// Package mvccpb stands in for etcd's key-value types.
package mvccpb

type KeyValue struct {
	Key, Value                                  []byte
	CreateRevision, ModRevision, Version, Lease int64
}

func (*KeyValue) Size() int { return 0 }

type Event_EventType int32

func (Event_EventType) String() string { return "" }

type Event struct {
	Type   Event_EventType
	Kv     *KeyValue
	PrevKv *KeyValue
}
