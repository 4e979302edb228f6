export { readChallenge, type Challenge } from './challenge.ts'
export { knownOf, readHelperAnswer, type Credentials, type Known } from './credentials.ts'
export { apiOf, isLoopback, readRegistry, registryHost, registryImage, type RegistryImage } from './image.ts'
export { digestOf, manifestTypes, mostManifestBytes } from './manifest.ts'
