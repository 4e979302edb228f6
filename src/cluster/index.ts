export { openApiServer, type ApiServerOptions } from './apiserver.ts'
export { chooseCluster, type ClusterChoice, type ClusterFacts, type ClusterLooks } from './choose.ts'
export { findProgram, isGuarded, isProgram } from './choose-programs.ts'
export { type ApiServer, type Cluster, type Manifest, type Preparation } from './cluster.ts'
export { createClient, type ApiClient, type ClientOptions, type Connection } from './connection.ts'
export {
  contextOf,
  createEmbedded,
  describeEngine,
  namesJudging,
  type EmbeddedEngine,
} from './embedded.ts'
export { RequestFault } from './fault.ts'
export { envtestArchive } from './envtest-archives.ts'
export { openCluster, type OpenedCluster, type OpenOptions } from './open.ts'
export { createCluster, type ServerOptions } from './server.ts'
export { serveWatchdog } from './watchdog.ts'
