// Ends with 1, and says which version is needed, where Node.js is too old for the sources: it runs before `npm start`, `npm run demo` and
// `npm test`, in whatever version there is, so its own syntax is old.
'use strict';

var needed = require('../../package.json').engines.node.replace('>=', '').split('.').map(Number);
var running = process.versions.node.split('.').map(Number);

var difference = needed
  .map(function (part, index) {
    return running[index] - part;
  })
  .filter(Boolean)[0];

if (difference < 0) {
  console.error(
    'Node.js ' + needed.join('.') + ' or later is needed, and this is ' + running.join('.') + ': ' + process.execPath,
  );
  console.error('`nvm install` takes the version of .nvmrc; `npm install` brings one for Linux and for macOS on ARM.');
  process.exit(1);
}
