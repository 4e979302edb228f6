export { openApiServer, type ApiServerOptions } from './apiserver.ts'
export {
  chooseCluster,
  clusterRequests,
  type ClusterChoice,
  type ClusterFacts,
  type ClusterLooks,
  type ClusterRequest,
} from './choose.ts'
export { findProgram, isProgram } from './choose-programs.ts'
export { backends, type Backend, type Cluster, type Manifest, type Preparation } from './cluster.ts'
export { createClient, type ApiClient, type ClientOptions, type Connection } from './connection.ts'
export { envtestArchive } from './envtest-archives.ts'
export { openCluster, type OpenedCluster, type OpenOptions } from './open.ts'
export { createCluster, type ServerOptions } from './server.ts'
export { serveWatchdog } from './watchdog.ts'
