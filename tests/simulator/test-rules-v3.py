#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""The rules by which API 3.0 judges: what is accepted in which form, what is refused with which
code, which refusal comes first, and what it costs."""

import json
import pathlib
import re
import tempfile
import time

import client
from client import ID, Simulator, Tap, equal, exchange, send
from client3 import FORM, VERSION, Request, call, call_with_form, purge, unwrap

test = Tap()
A = "http://a.example/"
AUTH = "AuthFailure."
WRONG = "InvalidParameter.CdnParamError"
URLS = [f"http://a.example/{i}.html" for i in range(1001)]


def code(answer):
    return answer["Error"]["Code"] if "Error" in answer else None


def refused(answer, expected, about=None):
    equal(code(answer), expected, about)
    equal(list(answer), ["Error"], about)
    equal(list(answer["Error"]), ["Code", "Message"], about)
    assert answer["Error"]["Message"], answer


def accepted(answer, about=None):
    equal(list(answer), ["TaskId"], about or answer)
    assert re.fullmatch(r"\d{10}-[a-z0-9]{8}", answer["TaskId"]), answer
    assert abs(int(answer["TaskId"][:10]) - time.time()) < 300, answer
    return answer["TaskId"]


def left(simulator):
    """What is left of directories and URLs, by area."""
    answer = call(simulator, "DescribePurgeQuota", {})
    equal(list(answer), ["UrlPurge", "PathPurge"])
    return {(kind[:-5], entry["Area"]): entry["Available"]
            for kind in answer for entry in answer[kind]}


# ---- what is accepted ----

@test
def vectors_are_reproduced_by_this_client():
    """Else the client would prove nothing."""
    path = pathlib.Path(__file__).parent.parent / "data" / "vectors-v3.json"
    for vector in json.loads(path.read_text()):
        with_action = "x-tc-action" in vector["authorization"]
        request = Request(vector["action"], vector["body"].encode(), key=vector["secretKey"],
                          secret_id=vector["secretId"], timestamp=vector["timestamp"],
                          service=vector["service"], content_type=vector["contentType"],
                          signed="content-type;host" + (";x-tc-action" if with_action else ""))
        headers = request.headers(vector["url"].split("/")[2])
        equal(request.canonical(headers), vector["canonicalRequest"], vector["name"])
        equal(request.sign(headers), vector["authorization"], vector["name"])


@test
def every_form_of_tc3():
    with Simulator("--quota=1000") as simulator:
        for how in ({}, {"signed": "content-type;host"}, {"method": "GET"},
                    {"method": "GET", "signed": "content-type;host"},
                    {"content_type": "application/json; charset=utf-8"},
                    {"content_type": "application/JSON;charset=UTF-8"},
                    {"unsigned_payload": True},
                    {"signed": "content-type;host;x-tc-action;x-tc-timestamp;x-tc-version"},
                    {"signed": "content-type;host;x-custom", "more": {"X-Custom": "  one  "},
                     "seen": {"x-custom": "one"}},
                    {"more": {"X-TC-Region": "ap-guangzhou", "X-TC-RequestClient": "x",
                              "X-TC-Language": "en-US", "X-TC-TraceId": "y"}}):
            accepted(purge(simulator, A, "https://b.example:8443/b/", how=how), how)
            accepted(purge(simulator, A, FlushType="delete", Area="mainland", UrlEncode=True,
                           how=how), how)


@test
def host_with_and_without_port():
    """Some SDKs sign the one and some the other."""
    with Simulator() as simulator:
        for host in (None, "cdn.tencentcloudapi.com", "cdn.intl.tencentcloudapi.com:443",
                     "localhost:8080", "[::1]:8080"):
            accepted(purge(simulator, A, how={"host": host}), host)
        for host, seen in (("localhost:8080", "localhost"), ("[::1]:80", "[::1]")):
            accepted(purge(simulator, A, how={"host": host, "seen": {"host": seen}}), host)
        for host, seen in (("localhost:8080", "localhost:80"), ("localhost", "localhost:80"),
                           ("[::1]", "[:")):
            refused(purge(simulator, A, how={"host": host, "seen": {"host": seen}}),
                    AUTH + "SignatureFailure", host)


@test
def service_is_the_product_or_the_first_label():
    with Simulator() as simulator:
        for host, service in (("127.0.0.1:8080", "127"), ("localhost:8080", "localhost:8080"),
                              ("localhost:8080", "localhost"), ("x.example", "x")):
            accepted(purge(simulator, A, how={"host": host, "service": service}), service)
        for host, service in (("127.0.0.1:8080", "cvm"), ("x.example", "example"),
                              ("x.example", ""), ("x.example", "CDN")):
            refused(purge(simulator, A, how={"host": host, "service": service}),
                    AUTH + "SignatureFailure", service)


@test
def signatures_of_the_other_kind():
    with Simulator("--quota=1000") as simulator:
        twelve = {"Paths": [f"http://a.example/b c+d/{i}/" for i in range(12)],
                  "FlushType": "flush", "Area": "overseas", "UrlEncode": "True"}
        for method in ("GET", "POST"):
            for signature in (None, "HmacSHA1", "HmacSHA256"):
                accepted(call_with_form(simulator, "PurgePathCache", twelve, method,
                                        SignatureMethod=signature), (method, signature))
            for host in (simulator.host, "127.0.0.1"):
                accepted(call_with_form(simulator, "PurgePathCache", twelve, method, host=host))
            refused(call_with_form(simulator, "PurgePathCache", twelve, method, key="wrong"),
                    AUTH + "SignatureFailure")
            refused(call_with_form(simulator, "PurgePathCache", twelve, method, SecretId="x"),
                    AUTH + "SecretIdNotFound")
            refused(call_with_form(simulator, "PurgePathCache", twelve, method, Token="x"),
                    AUTH + "TokenFailure")
            refused(call_with_form(simulator, "PurgePathCache", twelve, method,
                                   Timestamp=int(time.time()) - 400), AUTH + "SignatureExpire")
            for name in ("Nonce", "SecretId", "Signature", "Timestamp", "Version", "Action"):
                gone = {name: "" if name == "Signature" else None}
                refused(call_with_form(simulator, "PurgePathCache", twelve, method, **gone),
                        "MissingParameter", name)
            tasks = call_with_form(simulator, "DescribePurgeTasks", {
                "StartTime": beijing(-60), "Limit": 1, "Offset": 2, "Area": "overseas"}, method)
            equal(len(tasks["PurgeLogs"]), 1)
            refused(call_with_form(simulator, "DescribePurgeTasks", {
                "StartTime": beijing(-60), "Limit": "x"}, method), "InvalidParameter")
            for names in (("Paths.1",), ("Paths.0", "Paths.2"), ("Paths.0", "Paths.x"),
                          ("Paths.0", "Paths.01")):
                refused(call_with_form(simulator, "PurgePathCache",
                                       {name: A for name in names}, method), "InvalidParameter")


@test
def urls_are_purged_as_well():
    with Simulator("--quota=1") as simulator:
        accepted(call(simulator, "PurgeUrlsCache", {"Urls": URLS[:1000]}))
        refused(call(simulator, "PurgeUrlsCache", {"Urls": URLS}),
                "LimitExceeded.CdnPurgeUrlExceedBatchLimit")
        refused(call(simulator, "PurgeUrlsCache", {"Urls": URLS[:1], "FlushType": "flush"}),
                "UnknownParameter")
        accepted(purge(simulator, A), "a quota of its own")
        equal(left(simulator), {("Url", "mainland"): 9000, ("Url", "overseas"): 9000,
                                ("Path", "mainland"): 0, ("Path", "overseas"): 0})


@test
def url_quota():
    with Simulator() as simulator:
        for _ in range(10):
            accepted(call(simulator, "PurgeUrlsCache", {"Urls": URLS[:1000], "Area": "overseas"}))
        refused(call(simulator, "PurgeUrlsCache", {"Urls": URLS[:1], "Area": "overseas"}),
                "LimitExceeded.CdnPurgeUrlExceedDayLimit")
        accepted(call(simulator, "PurgeUrlsCache", {"Urls": URLS[:1], "Area": "mainland"}))


# ---- who asks ----

@test
def signature():
    with Simulator() as simulator:
        for how in ({"key": "wrong"}, {"seen": {"body": b"{}"}}, {"seen": {"method": "GET"}},
                    {"seen": {"content-type": "application/json; charset=utf-8"}},
                    {"seen": {"x-tc-action": "purgeurlscache"}},
                    {"seen": {"x-tc-action": "PurgePathCache"}},
                    {"signed": "content-type;host;x-tc-nothing"},
                    {"date": "2019-02-25"}, {"date": "x"},
                    {"unsigned_payload": True, "more": {"X-TC-Content-SHA256": "x"}, "seen":
                     {"body": b"x"}}):
            refused(purge(simulator, A, how=how), AUTH + "SignatureFailure", how)
        beyond = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 86400))
        refused(purge(simulator, A, how={"date": beyond}), AUTH + "SignatureFailure", "the date")


@test
def authorization():
    with Simulator() as simulator:
        for header in ("", "x", "Basic eDp5", "TC3-HMAC-SHA256", "TC3-HMAC-SHA256 Credential=x",
                       f"TC3-HMAC-SHA256 Credential={ID}/2019-02-25/cdn/tc3_request, "
                       "SignedHeaders=host, Signature=x"):
            refused(purge(simulator, A, how={"authorization": header}),
                    AUTH + "InvalidAuthorization", header)
        refused(purge(simulator, A, how={"signed": "host;content-type"}),
                AUTH + "InvalidAuthorization", "another order")
        headers = {"X-TC-Action": "PurgePathCache", "X-TC-Version": VERSION,
                   "X-TC-Timestamp": str(int(time.time()))}
        refused(unwrap(*exchange(simulator.port, "POST", "/", headers, b"{}")),
                AUTH + "InvalidAuthorization", "no header")


@test
def common_parameters_are_required():
    with Simulator() as simulator:
        for name in ("X-TC-Action", "X-TC-Version", "X-TC-Timestamp"):
            for value in (None, ""):
                refused(purge(simulator, A, how={"more": {name: value}, "signed":
                                                 "content-type;host"}), "MissingParameter", name)
        refused(unwrap(*exchange(simulator.port, "POST", "/")), "MissingParameter")
        for wrong in ("x", "-1", "1.0", "9" * 30):
            refused(purge(simulator, A, how={"more": {"X-TC-Timestamp": wrong}}),
                    "InvalidParameter", wrong)


@test
def secret_id():
    with Simulator() as simulator:
        for wrong in (ID.lower(), "", "AKIDnobody"):
            refused(purge(simulator, A, how={"secret_id": wrong}), AUTH + "SecretIdNotFound")
    with Simulator("--secret-id=AKIDmine", stdin="my key\n") as simulator:
        accepted(purge(simulator, A, how={"secret_id": "AKIDmine", "key": "my key"}))
        refused(purge(simulator, A), AUTH + "SecretIdNotFound")
        refused(purge(simulator, A, how={"secret_id": "AKIDmine"}), AUTH + "SignatureFailure")


@test
def token():
    with Simulator("--token", stdin="right\n") as simulator:
        accepted(purge(simulator, A, how={"token": "right"}))
        for wrong in (None, "", "wrong", "Right"):
            refused(purge(simulator, A, how={"token": wrong}), AUTH + "TokenFailure")
    with Simulator() as simulator:
        refused(purge(simulator, A, how={"token": "needless"}), AUTH + "TokenFailure")


@test
def timestamp():
    with Simulator() as simulator:
        for off in (-310, 310, -86400):
            refused(purge(simulator, A, how={"timestamp": int(time.time()) + off}),
                    AUTH + "SignatureExpire", off)
        for off in (-270, 270):
            accepted(purge(simulator, A, how={"timestamp": int(time.time()) + off}), off)
    with Simulator("--clock-window=7200") as simulator:
        accepted(purge(simulator, A, how={"timestamp": int(time.time()) - 7000}))


@test
def the_same_again_is_executed_again():
    """There is no nonce: who sends twice purges twice."""
    with Simulator("--quota=2") as simulator:
        how = {"timestamp": int(time.time())}
        for _ in range(2):
            accepted(purge(simulator, A, how=how))
        refused(purge(simulator, A, how=how), "LimitExceeded.CdnPurgePathExceedDayLimit")


# ---- what is asked ----

@test
def version_and_action():
    with Simulator() as simulator:
        for version in ("2017-03-12", "2018-06-6", "x"):
            refused(purge(simulator, A, how={"version": version}), "NoSuchVersion")
        for action in ("DescribeDomains", "purgePathCache", "RefreshCdnDir", "x"):
            refused(call(simulator, action, {}), "InvalidAction", action)


@test
def body():
    with Simulator() as simulator:
        for wrong in (b"", b"x", b"[]", b"null", b'{"Paths":["http://a.example/"]',
                      b"{'Paths':[]}", b'{"Paths":[],"Paths":[]}', b'{"Paths":["\xff"]}'):
            refused(call(simulator, "PurgePathCache", wrong), "InvalidParameter", wrong)
        good = b'{"Paths":["http://a.example/"],"FlushType":"flush"}'
        for media_type in ("text/plain", FORM, "multipart/form-data; boundary=x"):
            refused(call(simulator, "PurgePathCache", good, content_type=media_type),
                    "InvalidParameter", media_type)
        escaped = b' {"Paths" : ["http:\\/\\/a.example\\u002f"], "FlushType": "flush"} '
        accepted(call(simulator, "PurgePathCache", escaped))


@test
def parameters():
    with Simulator() as simulator:
        refused(call(simulator, "PurgePathCache", {"FlushType": "flush"}), "MissingParameter")
        refused(purge(simulator, FlushType="flush"), "MissingParameter", "no path")
        refused(purge(simulator, A, FlushType=None), "MissingParameter", "no FlushType")
        refused(call(simulator, "PurgePathCache", {"Paths": [A], "FlushType": None}),
                "MissingParameter", "null")
        for name, wrong in (("Paths", A), ("Paths", [1]), ("Paths", [None]), ("Paths", {}),
                            ("Paths", [[A]]), ("FlushType", 1), ("FlushType", True),
                            ("Area", 1), ("Area", []), ("UrlEncode", "true"), ("UrlEncode", 1)):
            refused(call(simulator, "PurgePathCache",
                         {"Paths": [A], "FlushType": "flush", name: wrong}),
                    "InvalidParameter", (name, wrong))
        for name, wrong in (("FlushType", ""), ("FlushType", "Flush"), ("FlushType", "1"),
                            ("Area", ""), ("Area", "global"), ("Area", "Mainland")):
            refused(purge(simulator, A, **{name: wrong}), WRONG, (name, wrong))
        for unknown in ("Urls", "paths", "Region", ""):
            refused(purge(simulator, A, **{unknown: "x"}), "UnknownParameter", unknown)
        accepted(call(simulator, "PurgePathCache", {"Paths": [A], "FlushType": "flush",
                                                    "Area": None, "UrlEncode": None}))


@test
def messages():
    """In Chinese, or in English for who asks for it; what exactly is wrong in brackets."""
    with Simulator() as simulator:
        for language, words in ((None, "缺少参数错误。"), ("zh-CN", "缺少参数错误。"),
                                ("en-US", "Parameters are missing.")):
            equal(purge(simulator, A, FlushType=None,
                        how={"more": {"X-TC-Language": language}}),
                  {"Error": {"Code": "MissingParameter", "Message": words + "[FlushType]"}})
        equal(purge(simulator, A, how={"key": "x"})["Error"]["Message"],
              "签名错误。签名计算错误，请对照调用方式中的签名方法文档检查签名计算过程。")


@test
def directories():
    with Simulator("--quota=1000") as simulator:
        for wrong in ("", "a.example/", "//a.example/", "ftp://a.example/", "HTTP://a.example/",
                      " http://a.example/", "http:///", "http://u@a.example/", "http://a b/",
                      "http://a.example/b\\c/", "http://a.example/\tb/", "http://a.example/目录/",
                      "http://目.example/"):
            refused(purge(simulator, "http://b.example/", wrong), WRONG, wrong)
        for wildcard in ("http://*.example/", "http://a.example/*/", "https://a.example/b*"):
            refused(purge(simulator, wildcard), "InvalidParameter.CdnPurgeWildcardNotAllowed")
        longest = A + "a" * (2048 - len(A))
        accepted(purge(simulator, longest))
        refused(purge(simulator, longest + "a"), "InvalidParameter.CdnUrlExceedLength")
        for good in ("http://a.example", "http://a.example/b", "https://A.example:8443/b/",
                     "http://a.example/%E7%9B%AE/"):
            accepted(purge(simulator, good), good)
        accepted(call(simulator, "PurgeUrlsCache", {"Urls": ["http://a.example/?x=*&y=2"]}))


@test
def encoding():
    """With UrlEncode the log has the percent-codes, and codes that came stay what they are."""
    with Simulator() as simulator:
        sent = ["http://a.example/目/%20/", "http://a.example/😀/"]
        task = accepted(purge(simulator, *sent, UrlEncode=True))
        equal([record["Url"] for record in look_up(simulator, TaskId=task)],
              ["http://a.example/%E7%9B%AE/%20/", "http://a.example/%F0%9F%98%80/"])


@test
def batch():
    many = [f"http://a.example/{i}/" for i in range(501)]
    with Simulator("--quota=10000") as simulator:
        accepted(purge(simulator, *many[:500]))
        refused(purge(simulator, *many), "LimitExceeded.CdnPurgePathExceedBatchLimit")
    with Simulator("--batch=2") as simulator:
        accepted(purge(simulator, *many[:2]))
        refused(purge(simulator, *many[:3]), "LimitExceeded.CdnPurgePathExceedBatchLimit")


@test
def hosts():
    missing = "ResourceNotFound.CdnHostNotExists"
    with Simulator() as simulator:
        refused(purge(simulator, A, "http://b.invalid/"), missing)
    with Simulator("--host=a.example", "--host=b.example") as simulator:
        accepted(purge(simulator, A, "https://B.example:8443/x/"))
        refused(purge(simulator, A, "http://c.example/"), missing)
        refused(call(simulator, "PurgeUrlsCache", {"Urls": ["http://c.example/x"]}), missing)


@test
def areas():
    """A domain is purged where it is deployed, unless it is said where; and nowhere else."""
    for deployed, absent in (("mainland", "overseas"), ("overseas", "mainland")):
        with Simulator(f"--area={deployed}") as simulator:
            accepted(purge(simulator, A))
            accepted(purge(simulator, A, Area=deployed))
            refused(purge(simulator, A, Area=absent), WRONG)
            quota = left(simulator)
            equal((quota["Path", deployed], quota["Path", absent]), (98, 100))
    for options in ([], ["--area=global"]):
        with Simulator(*options) as simulator:
            accepted(purge(simulator, A))
            accepted(purge(simulator, A, Area="overseas"))
            quota = left(simulator)
            equal((quota["Path", "mainland"], quota["Path", "overseas"]), (99, 98))


@test
def quota():
    spent = "LimitExceeded.CdnPurgePathExceedDayLimit"
    with Simulator("--quota=3", "--batch=2") as simulator:
        equal(call(simulator, "DescribePurgeQuota", {}), {
            "UrlPurge": [{"Batch": 1000, "Total": 10000, "Available": 10000, "Area": area}
                         for area in ("mainland", "overseas")],
            "PathPurge": [{"Batch": 2, "Total": 3, "Available": 3, "Area": area}
                          for area in ("mainland", "overseas")]})
        accepted(purge(simulator, A, A, Area="overseas"))
        refused(purge(simulator, A, A, Area="overseas"), spent)
        refused(purge(simulator, A, A), spent, "too little in one of the two")
        accepted(purge(simulator, A, A, Area="mainland"), "nothing was spent in the other")
        accepted(purge(simulator, A))
        refused(purge(simulator, A), spent)
        refused(call(simulator, "DescribePurgeQuota", {"Area": "mainland"}), "UnknownParameter")


@test
def both_apis_spend_the_same():
    with Simulator("--quota=2") as simulator:
        equal(send(simulator, client.purge(A))["code"], 0)
        equal(left(simulator)["Path", "mainland"], 1)
        equal(left(simulator)["Path", "overseas"], 2)
        accepted(purge(simulator, A, Area="mainland"))
        equal(send(simulator, client.purge(A))["codeDesc"], 22046)


@test
def refusals_cost_nothing():
    with Simulator("--quota=1", "--host=a.example") as simulator:
        for answer in (purge(simulator, A, "http://b.example/"), purge(simulator, "x"),
                       purge(simulator, A, FlushType="x"), purge(simulator, A, how={"key": "x"}),
                       purge(simulator, A, A)):
            assert "Error" in answer, answer
        accepted(purge(simulator, A))


@test
def order_of_refusals():
    """One request that is wrong in everything, mended step by step."""
    more = {"X": 1, "FlushType": 1, "Area": "x", "UrlEncode": 1}
    how = {"more": {"X-TC-Timestamp": ""}, "authorization": "x", "secret_id": "x", "token": "x",
           "timestamp": int(time.time()) - 4000, "key": "x", "version": "x"}
    urls = ["http://a.invalid/1/", "http://a.invalid/2/", "http://*.invalid/3/"]
    steps = [("MissingParameter", how, "more", {}),
             (AUTH + "InvalidAuthorization", how, "authorization", None),
             (AUTH + "SecretIdNotFound", how, "secret_id", ID),
             (AUTH + "TokenFailure", how, "token", None),
             (AUTH + "SignatureExpire", how, "timestamp", int(time.time())),
             (AUTH + "SignatureFailure", how, "key", client.KEY),
             ("NoSuchVersion", how, "version", VERSION),
             ("UnknownParameter", more, "X", None),
             ("InvalidParameter", more, "FlushType", "x"),
             (WRONG, more, "FlushType", "flush"),
             (WRONG, more, "Area", "overseas"),
             ("InvalidParameter", more, "UrlEncode", False)]
    with Simulator("--quota=1", "--batch=2", "--area=mainland") as simulator:
        for expected, where, name, mended in steps:
            refused(purge(simulator, *urls, how=how, **more), expected, name)
            where[name] = mended
        refused(purge(simulator, *urls, **more), "LimitExceeded.CdnPurgePathExceedBatchLimit")
        refused(purge(simulator, *urls[1:], **more), "InvalidParameter.CdnPurgeWildcardNotAllowed")
        refused(purge(simulator, *urls[:2], **more), "ResourceNotFound.CdnHostNotExists")
        refused(purge(simulator, A, A, **more), WRONG, "not there")
        more["Area"] = None
        refused(purge(simulator, A, A, **more), "LimitExceeded.CdnPurgePathExceedDayLimit")
        accepted(purge(simulator, A, **more))


# ---- looking up ----

def beijing(offset=0):
    return time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(time.time() + 8 * 3600 + offset))


def look_up(simulator, **more):
    answer = call(simulator, "DescribePurgeTasks", more)
    equal(list(answer), ["PurgeLogs", "TotalCount"], answer)
    return answer["PurgeLogs"]


@test
def log_of_a_task():
    with Simulator() as simulator:
        sent = ["http://a.example/1/", "http://b.example/2/", "http://a.example/3"]
        task = accepted(purge(simulator, *sent, FlushType="delete"))
        accepted(purge(simulator, "http://c.example/"))
        records = look_up(simulator, TaskId=task)
        equal([record["Url"] for record in records], sent)
        for record in records:
            equal(list(record), ["TaskId", "Url", "Status", "PurgeType", "FlushType",
                                 "CreateTime"])
            equal((record["TaskId"], record["Status"], record["PurgeType"], record["FlushType"]),
                  (task, "done", "path", "delete"))
            assert beijing(-60) <= record["CreateTime"] <= beijing(), record
        equal(look_up(simulator, TaskId="1533045796-i60rfmzm"), [])
        equal(look_up(simulator, TaskId=task, StartTime=beijing(60)), [])
        equal(len(look_up(simulator, TaskId=task, StartTime=beijing(-60), EndTime=beijing())), 3)


@test
def filters():
    with Simulator() as simulator:
        accepted(purge(simulator, "http://a.example/1/", "http://b.example/1/", Area="mainland"))
        accepted(purge(simulator, "http://a.example/2/"))
        accepted(call(simulator, "PurgeUrlsCache", {"Urls": ["http://a.example/3"],
                                                    "Area": "overseas"}))
        now = {"StartTime": beijing(-60)}

        def urls(**more):
            return [record["Url"].replace("http://", "").replace(".example", "")
                    for record in look_up(simulator, **now, **more)]

        equal(urls(), ["a/3", "a/2/", "a/1/", "b/1/"], "the newest first")
        equal([record["FlushType"] for record in look_up(simulator, **now)],
              ["delete", "flush", "flush", "flush"])
        for more, expected in (
                ({"PurgeType": "url"}, ["a/3"]), ({"PurgeType": "path"}, ["a/2/", "a/1/", "b/1/"]),
                ({"Area": "mainland"}, ["a/1/", "b/1/"]), ({"Area": "overseas"}, ["a/3"]),
                ({"Area": "global"}, ["a/2/"]), ({"Status": "process"}, []),
                ({"Status": "fail"}, []), ({"Status": "done", "Limit": 1}, ["a/3"]),
                ({"Keyword": "B.example"}, ["b/1/"]), ({"Keyword": "example"}, []),
                ({"Keyword": "http://a.example/2/"}, ["a/2/"]),
                ({"Keyword": "http://a.example/2"}, []), ({"Keyword": ""}, urls()),
                ({"EndTime": beijing(60)}, urls()), ({"EndTime": beijing(-30)}, [])):
            equal(urls(**more), expected, more)


@test
def pages():
    with Simulator() as simulator:
        task = accepted(purge(simulator, *(f"http://a.example/{i}/" for i in range(45))))
        for offset, limit, expected in ((None, None, 20), (0, 20, 20), (20, None, 20), (40, 20, 5),
                                        (45, 20, 0), (10**12, 1, 0), (44, 1000, 1), (7, 1, 1)):
            answer = call(simulator, "DescribePurgeTasks",
                          {"TaskId": task, "Offset": offset, "Limit": limit})
            equal((len(answer["PurgeLogs"]), answer["TotalCount"]), (expected, 45), offset)
            if expected:
                equal(answer["PurgeLogs"][0]["Url"], f"http://a.example/{offset or 0}/")


@test
def log_refuses():
    with Simulator() as simulator:
        def asked(**more):
            return call(simulator, "DescribePurgeTasks", more)

        refused(asked(), "MissingParameter")
        refused(asked(EndTime=beijing()), "MissingParameter")
        for wrong in ("yesterday", "2022-02-30 00:00:00", "2022-01-01", "2022-01-01T00:00:00",
                      "2022-01-01 00:00:00Z", ""):
            refused(asked(StartTime=wrong), "InvalidParameter.CdnStatInvalidDate", wrong)
        refused(asked(StartTime=beijing(60), EndTime=beijing()),
                "InvalidParameter.CdnStatInvalidDate")
        now = {"StartTime": beijing(-60)}
        for name, wrong in (("Limit", 0), ("Limit", -1), ("Limit", 1001), ("Offset", -1),
                            ("Status", "Done"), ("PurgeType", "dir"), ("Area", "moon")):
            refused(asked(**now, **{name: wrong}), WRONG, (name, wrong))
        for name, wrong in (("Limit", "20"), ("Limit", 1.5), ("Offset", True), ("TaskId", 1),
                            ("Keyword", []), ("StartTime", 1669737600)):
            refused(asked(**{**now, name: wrong}), "InvalidParameter", (name, wrong))
        refused(asked(**now, Host="x"), "UnknownParameter")
        refused(call(simulator, "DescribePurgeTasks", now, key="x"), AUTH + "SignatureFailure")


@test
def logs_of_both_apis():
    """Both see what the other accepted; what was purged overseas only is in another log of 2.0."""
    with Simulator() as simulator:
        old = send(simulator, client.purge("http://a.example/1/", type=2))["data"]["task_id"]
        new = accepted(purge(simulator, "http://a.example/2/"))
        away = accepted(purge(simulator, "http://a.example/3/", Area="overseas"))
        equal([(record["TaskId"], record["FlushType"])
               for record in look_up(simulator, StartTime=beijing(-60))],
              [(away, "flush"), (new, "flush"), (old, "delete")])
        logs = send(simulator, client.log_query(startDate=beijing(-60), endDate=beijing(60)))
        equal([entry["url_list"] for entry in logs["data"]["logs"]],
              [["http://a.example/2/"], ["http://a.example/1/"]])


@test
def tasks_take_their_time():
    with Simulator("--task-time=3600000") as simulator:
        task = accepted(purge(simulator, A))
        equal([record["Status"] for record in look_up(simulator, TaskId=task)], ["process"])
        equal(look_up(simulator, TaskId=task, Status="done"), [])
    with Simulator("--task-time=1") as simulator:
        task = accepted(purge(simulator, A))
        deadline = time.monotonic() + 30
        while look_up(simulator, TaskId=task)[0]["Status"] != "done":
            assert time.monotonic() < deadline, "it is never done"
            time.sleep(0.01)


# ---- errors on demand, and what the log says ----

@test
def errors_on_demand():
    with Simulator("--fail=AuthFailure.SignatureFailure@2") as simulator:
        accepted(purge(simulator, A))
        refused(purge(simulator, A), AUTH + "SignatureFailure")
        accepted(purge(simulator, A))
    with Simulator("--fail=UnauthorizedOperation.CdnCamUnauthorized") as simulator:
        for answer in (purge(simulator, A), purge(simulator, A, how={"key": "x"}),
                       call(simulator, "DescribePurgeQuota", {}),
                       unwrap(*exchange(simulator.port, "PUT", "/"))):
            equal(answer, {"Error": {"Code": "UnauthorizedOperation.CdnCamUnauthorized",
                                     "Message": "子账号未配置cam策略。"}})
        equal(send(simulator, client.purge(A))["code"], 0, "2.0 has no such error")


@test
def a_retired_api():
    """2.0 is refused as it is for accounts that must speak 3.0, and 3.0 goes on."""
    for retired in (4100, 6100, 6200):
        with Simulator(f"--fail={retired}") as simulator:
            equal(send(simulator, client.purge(A))["code"], retired)
            accepted(purge(simulator, A))


@test
def log_lines():
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "log"
        with Simulator(f"--log={path}", "--quota=2", "--token", stdin="secret-token\n") as simulator:
            ours = {"token": "secret-token"}
            chinese = "http://a.example/目录/"
            purge(simulator, A, chinese, UrlEncode=True, how=ours)
            purge(simulator, A, how=ours)
            purge(simulator, "http://a.invalid/", how={**ours, "key": "x"})
            call(simulator, "PurgeUrlsCache", {"Urls": URLS[:2]}, method="GET", **ours)
            call(simulator, "DescribePurgeQuota", {}, **ours)
            call(simulator, "DescribePurgeTasks", {}, **ours)
            call(simulator, "Nothing", b"x", **ours)
            exchange(simulator.port, "PUT", "/")
            send(simulator, client.purge(A, Token="secret-token"))
        lines = [json.loads(line) for line in path.read_text().splitlines()]
        equal([list(line.values())[1:] for line in lines], [
            ["POST", "PurgePathCache", 0, True, [A, chinese]],
            ["POST", "PurgePathCache", "LimitExceeded.CdnPurgePathExceedDayLimit", False, [A]],
            ["POST", "PurgePathCache", "AuthFailure.SignatureFailure", False,
             ["http://a.invalid/"]],
            ["GET", "PurgeUrlsCache", 0, True, URLS[:2]],
            ["POST", "DescribePurgeQuota", 0, False, []],
            ["POST", "DescribePurgeTasks", "MissingParameter", False, []],
            ["POST", "Nothing", "InvalidAction", False, []],
            ["PUT", None, "UnsupportedProtocol", False, []],
            ["POST", "RefreshCdnDir", 4000, False, [A]],
        ])
        text = path.read_text()
        assert client.KEY not in text and "secret-token" not in text and ID not in text


test.run()
