// Apart from k8s-autofix, because import() alone would keep an old Node from parsing that file.
'use strict'

const { pathToFileURL } = require('node:url')

module.exports = function load(file) {
  import(pathToFileURL(file).href).catch((error) => {
    console.error(error)
    console.error('\nThis is a bug in k8s-autofix. Please report it, with the lines above and what you ran.')
    process.exitCode = 70
  })
}
