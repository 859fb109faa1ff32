// Loaded before anything else, and in ES5: it must run on any old Node to say that it is too old.
var version = process.versions.node
var lines = [
  'Klachtwijzer needs Node 24 or newer, and this is Node ' + version + '.',
  'Run "npm ci" with install scripts allowed, then "npm start": npm brings its own Node 24. Or install Node 24.',
]
if (parseInt(version.split('.')[0], 10) < 24) {
  console.error(lines.join('\n'))
  process.exit(1)
}
// Keeps what the compiler made of our files and of the libraries, so that the next start need not make it again.
var module_ = require('node:module')
if (module_.enableCompileCache)
  module_.enableCompileCache(require('node:path').join(__dirname, '..', 'node_modules', '.cache', 'compiled'))
