// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The CDN Purge authors

// submit.js HOST SECRET-ID FILE: purges the directories in a file, one a line, over TLS, twenty a request
// and six requests side by side. The SecretKey is read from standard input.

'use strict'

const { cdn } = require('tencentcloud-sdk-nodejs-cdn')
const fs = require('fs')

const [endpoint, secretId, file] = process.argv.slice(2)
const secretKey = fs.readFileSync(0, 'utf8').trim()
const client = new cdn.v20180606.Client({
  credential: { secretId, secretKey },
  profile: { httpProfile: { endpoint } }
})
const directories = fs.readFileSync(file, 'utf8').trim().split('\n')

async function sendOn () {
  while (directories.length > 0) {
    const answer = await client.PurgePathCache({ Paths: directories.splice(0, 20), FlushType: 'flush' })
    if (!answer.TaskId) throw new Error(JSON.stringify(answer))
  }
}

for (let lane = 0; lane < 6; lane++) sendOn()
