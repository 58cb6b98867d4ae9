// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The CDN Purge authors

// purge.js HOST METHOD SIGNATURE-METHOD SECRET-ID DIRECTORY…: purges as anybody would who uses
// Tencent's SDK for API 2.0, and prints the answer. The SecretKey is read from standard input.

'use strict'

const Capi = require('qcloudapi-sdk')
const fs = require('fs')

const [host, method, signatureMethod, SecretId, ...dirs] = process.argv.slice(2)
const SecretKey = fs.readFileSync(0, 'utf8').trim()
const capi = new Capi({ SecretId, SecretKey, serviceType: 'cdn', protocol: 'http' })

const parameters = { Action: 'RefreshCdnDir', dirs }
const way = { host, method, signatureMethod }

capi.request(parameters, way, (error, answer) => {
  if (error) throw error
  console.log(JSON.stringify(answer))
})
