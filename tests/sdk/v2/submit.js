// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The CDN Purge authors

// submit.js HOST SECRET-ID FILE: purges the directories in a file, one a line, over TLS, twenty a request
// and six requests side by side. The SecretKey is read from standard input.

'use strict'

const Capi = require('qcloudapi-sdk')
const fs = require('fs')

const [host, SecretId, file] = process.argv.slice(2)
const SecretKey = fs.readFileSync(0, 'utf8').trim()
const capi = new Capi({ SecretId, SecretKey, serviceType: 'cdn', protocol: 'https' })
// Its own are of 65,536 only: among so many requests one would come twice, and be refused.
let Nonce = Date.now() % 1e9
const directories = fs.readFileSync(file, 'utf8').trim().split('\n')

function sendOn () {
  const dirs = directories.splice(0, 20)
  if (dirs.length === 0) return

  const parameters = { Action: 'RefreshCdnDir', Nonce: Nonce++, dirs }
  capi.request(parameters, { host, method: 'POST' }, (error, answer) => {
    if (error) throw error
    if (answer.code !== 0) throw new Error(answer.message)
    sendOn()
  })
}

for (let lane = 0; lane < 6; lane++) sendOn()
