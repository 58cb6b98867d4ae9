// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The CDN Purge authors

// call.js HOST METHOD SIGNATURE-METHOD SECRET-ID ACTION PARAMETERS: calls an action as anybody would
// who uses Tencent's SDK for API 3.0, and prints the answer, or the code of the error. The SecretKey
// is read from standard input.

'use strict'

const { cdn } = require('tencentcloud-sdk-nodejs-cdn')
const fs = require('fs')

const [endpoint, reqMethod, signMethod, secretId, action, parameters] = process.argv.slice(2)
const secretKey = fs.readFileSync(0, 'utf8').trim()
const client = new cdn.v20180606.Client({
  credential: { secretId, secretKey },
  profile: { signMethod, httpProfile: { endpoint, reqMethod, protocol: 'http://' } }
})

client[action](JSON.parse(parameters))
  .catch(error => ({ code: error.code, message: error.message }))
  .then(answer => console.log(JSON.stringify(answer)))
