// Package clientv3 stands in for etcd's client: the names that k8s.io/apiserver mentions.
package clientv3

import (
	"context"
	"crypto/tls"
	"errors"
	"time"

	"go.etcd.io/etcd/api/v3/mvccpb"
	"go.uber.org/zap"
	"google.golang.org/grpc"
)

var errNone = errors.New("no storage")

type (
	LeaseID  int64
	OpOption func(*Op)
	Op       struct{}
	Cmp      struct{}

	ResponseHeader struct{ Revision int64 }
	RangeResponse  struct {
		Header *ResponseHeader
		Kvs    []*mvccpb.KeyValue
		Count  int64
		More   bool
	}
	GetResponse     = RangeResponse
	PutResponse     struct{ Header *ResponseHeader }
	DeleteResponse  struct{ Header *ResponseHeader }
	CompactResponse struct{ Header *ResponseHeader }
	ResponseOp      struct{}
	TxnResponse     struct {
		Header    *ResponseHeader
		Succeeded bool
		Responses []*ResponseOp
	}
	OpResponse         struct{}
	LeaseGrantResponse struct{ ID LeaseID }
	StatusResponse     struct {
		Version     string
		DbSize      int64
		DbSizeInUse int64
	}

	KV interface {
		Put(ctx context.Context, key, val string, opts ...OpOption) (*PutResponse, error)
		Get(ctx context.Context, key string, opts ...OpOption) (*GetResponse, error)
		Delete(ctx context.Context, key string, opts ...OpOption) (*DeleteResponse, error)
		Compact(ctx context.Context, rev int64) (*CompactResponse, error)
		Do(ctx context.Context, op Op) (OpResponse, error)
		Txn(ctx context.Context) Txn
	}
	Txn interface {
		If(cs ...Cmp) Txn
		Then(ops ...Op) Txn
		Else(ops ...Op) Txn
		Commit() (*TxnResponse, error)
	}
	Lease interface {
		Grant(ctx context.Context, ttl int64) (*LeaseGrantResponse, error)
	}
	Watcher interface {
		Watch(ctx context.Context, key string, opts ...OpOption) WatchChan
		RequestProgress(ctx context.Context) error
	}
	Maintenance interface {
		Status(ctx context.Context, endpoint string) (*StatusResponse, error)
	}
	WatchChan     <-chan WatchResponse
	WatchResponse struct {
		Header          ResponseHeader
		Events          []*Event
		CompactRevision int64
	}
	Event mvccpb.Event

	Config struct {
		DialTimeout, DialKeepAliveTime, DialKeepAliveTimeout time.Duration
		DialOptions                                          []grpc.DialOption
		Endpoints                                            []string
		TLS                                                  *tls.Config
		Logger                                               *zap.Logger
	}
	Client struct {
		KV
		Lease
		Watcher
		Maintenance
	}
)

const (
	EventTypePut    mvccpb.Event_EventType = 0
	EventTypeDelete mvccpb.Event_EventType = 1
)

func New(Config) (*Client, error)                    { return nil, errNone }
func (*Client) Close() error                         { return nil }
func (*Client) Endpoints() []string                  { return nil }
func (r *WatchResponse) IsProgressNotify() bool      { return false }
func (r *WatchResponse) Err() error                  { return errNone }
func (e *Event) IsCreate() bool                      { return false }
func (e *Event) IsModify() bool                      { return false }
func (*ResponseOp) GetResponseRange() *RangeResponse { return nil }

func WithLimit(int64) OpOption                              { return nil }
func WithRange(string) OpOption                             { return nil }
func WithRev(int64) OpOption                                { return nil }
func WithPrevKV() OpOption                                  { return nil }
func WithPrefix() OpOption                                  { return nil }
func WithKeysOnly() OpOption                                { return nil }
func WithProgressNotify() OpOption                          { return nil }
func GetPrefixRangeEnd(string) string                       { return "" }
func WithRequireLeader(ctx context.Context) context.Context { return ctx }
func Compare(cmp Cmp, _ string, _ any) Cmp                  { return cmp }
func Version(string) Cmp                                    { return Cmp{} }
func OpPut(string, string, ...OpOption) Op                  { return Op{} }
func OpGet(string, ...OpOption) Op                          { return Op{} }

func (*Client) Ctx() context.Context       { return context.Background() }
func (*ResponseHeader) GetRevision() int64 { return 0 }
