#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""The errors that API 2.0 documents, on demand, in their own words and form."""

import os
import subprocess

from client import Simulator, Tap, equal, purge, send

test = Tap()

# Common codes: https://cloud.tencent.com/document/product/228/5078 and, for 4101 to 4110,
# https://cloud.tencent.com/document/api/309/7025. Symbolic descriptions are known of two.
COMMON = {
    4000: "请求参数非法", 4100: "身份认证失败，用户身份验证失败", 4101: "未授权访问接口",
    4102: "未授权访问资源", 4103: "未授权访问当前接口所操作的资源", 4104: "密钥不存在",
    4105: "token 错误", 4106: "MFA 校验失败", 4110: "其他 CAM 鉴权失败", 4200: "请求过期",
    4300: "拒绝访问", 4400: "超过配额", 4500: "重放攻击", 4600: "协议不支持", 5000: "资源不存在",
    5100: "资源操作失败", 5200: "资源购买失败", 5300: "资源购买失败", 5400: "部分执行成功",
    5500: "用户资质审核未通过", 6000: "服务器内部错误", 6100: "版本暂不支持",
    6200: "接口暂时无法访问",
}
DESCRIPTIONS = {4000: "InvalidParameter", 4100: "AuthFailure"}

# A few of the module codes; test-errors.c has all of them.
MODULE = {
    -9009: "满足所查询条件的记录不存在", 1012: "传参错误 invalid error code",
    9110: "没有这个域名的信息 cdn no such host", 22045: "单次提交刷新目录超出上限",
    22046: "目录刷新数目超出单日限额", 28007: "刷新域名已关闭，请先开启域名的 CDN 加速",
}


def answer_of(code):
    with Simulator(f"--fail={code}") as simulator:
        return send(simulator, purge("http://a.example/"))


@test
def common_codes():
    for code, words in COMMON.items():
        expected = {"code": code, "message": words}
        if code in DESCRIPTIONS:
            expected["codeDesc"] = DESCRIPTIONS[code]
        equal(answer_of(code), expected)


@test
def module_codes_are_4000():
    for code, words in MODULE.items():
        description = "InvalidParameter" if code == 1012 else code
        equal(answer_of(code),
              {"code": 4000, "message": f"({code}){words}", "codeDesc": description})


@test
def size_limit_is_a_status():
    equal(answer_of(501), 501)


@test
def only_the_nth():
    with Simulator("--fail=6000@2") as simulator:
        codes = [send(simulator, purge("http://a.example/"))["code"] for _ in range(4)]
    equal(codes, [0, 6000, 0, 0])


@test
def nothing_is_executed():
    with Simulator("--fail=9110@1", "--quota=1") as simulator:
        equal(send(simulator, purge("http://a.example/"))["codeDesc"], 9110)
        equal(send(simulator, purge("http://a.example/"))["code"], 0, "the quota was not spent")


@test
def before_every_check():
    with Simulator("--fail=4400") as simulator:
        equal(send(simulator, purge(), signature="wrong")["code"], 4400)


@test
def unknown_codes_are_refused():
    for code in ("0", "9999", "", "4100x", "NoSuchCode", "4100@0", "4100@x", "4100@", "@1"):
        result = subprocess.run([os.environ["SIMULATOR"], f"--fail={code}"], timeout=30,
                                stdin=subprocess.DEVNULL, capture_output=True, text=True)
        equal((result.returncode != 0, result.stdout), (True, ""), code)
        assert result.stderr.startswith("cdn-purge-simulator: "), result.stderr


test.run()
