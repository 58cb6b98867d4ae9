#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""The rules by which API 2.0 judges: what is accepted in which form, what is refused with which
code, which refusal comes first, and what it costs."""

import itertools
import json
import re
import time

from client import (ID, PATH, Simulator, Tap, encode, equal, exchange, log_query, purge, send, sign)

test = Tap()
FORMS = ("get", "post", "multipart")
TWENTY = [f"https://cdn.example/{i}/" for i in range(20)]
SPECIALS = ["http://a.example/b c+d%20e/", "http://a.example/%E7%9B%AE/", "http://a.example/目录😀/",
            "http://a.example/~!'();:@&=$,#[]_{}|^`\"<>/", "http://a.example/a_b.c=d/"]


def code(answer):
    """The number that says most: the module code where there is one."""
    module = re.match(r"\((-?\d+)\)", answer["message"])
    return int(module[1]) if module else answer["code"]


def refused(simulator, expected, parameters, about=None, **how):
    answer = send(simulator, parameters, **how)
    equal(code(answer), expected, about or parameters)
    if expected >= 9000 or expected < 4000:
        equal(answer["code"], 4000, about)
    assert "data" not in answer, answer


# ---- what is accepted ----

@test
def every_form_method_and_token():
    for token in (None, "a token+/= with signs"):
        options, stdin = (["--token"], token + "\n") if token else ([], "")
        with Simulator("--quota=1000", *options, stdin=stdin) as simulator:
            for form, method, type_ in itertools.product(
                    FORMS, (None, "HmacSHA1", "HmacSHA256", "hmacsha256"), (None, 1, 2)):
                answer = send(simulator, purge(*TWENTY[:2], *SPECIALS, SignatureMethod=method,
                                               type=type_, Token=token), form)
                equal({**answer, "data": {**answer["data"], "task_id": None}},
                      {"code": 0, "message": "", "codeDesc": "Success",
                       "data": {"count": 7, "task_id": None}}, (form, method))
                assert re.fullmatch(r"\d{19}", answer["data"]["task_id"]), answer
                assert abs(int(answer["data"]["task_id"][:10]) - time.time()) < 300, answer


@test
def twenty_in_every_form():
    with Simulator() as simulator:
        for form in FORMS:
            equal(send(simulator, purge(*TWENTY), form)["data"]["count"], 20, form)


@test
def answers_are_json_of_200():
    with Simulator() as simulator:
        for parameters in (purge("http://a.example/"), purge()):
            parameters["Signature"] = sign("POST", simulator.host, parameters)
            _, _, media_type, body = encode("post", parameters)
            status, headers, answer = exchange(simulator.port, "POST", PATH,
                                               {"Content-Type": media_type}, body)
            equal((status, headers.get_content_type()), (200, "application/json"))
            assert "Date" in headers
            json.loads(answer.decode())


@test
def optional_parameters_are_signed():
    with Simulator() as simulator:
        for more in ({"Region": ""}, {"Region": "gz"}, {"RequestClient": "SDK_PYTHON_2.0.15"},
                     {"some_thing": "a_b"}, {"zeta": "@file"}, {"Version": "x"}, {"Token": ""}):
            for form in FORMS:
                equal(send(simulator, purge("http://a.example/", **more), form)["code"], 0, more)


@test
def blanks_as_plus_or_code():
    """Official SDKs send both, in forms and in queries."""
    with Simulator() as simulator:
        for method, blank in itertools.product(("GET", "POST"), ("+", "%20")):
            parameters = purge("http://a.example/b c/")
            parameters["Signature"] = sign(method, simulator.host, parameters)
            _, _, media_type, body = encode("post", parameters)
            text = body.decode().replace("+", blank)
            query, body = ("?" + text, b"") if method == "GET" else ("", text.encode())
            _, _, answer = exchange(simulator.port, method, PATH + query,
                                    {"Content-Type": media_type}, body)
            equal(json.loads(answer)["code"], 0, (method, blank))


@test
def host_is_signed_as_received():
    with Simulator() as simulator:
        for host in ("cdn.api.qcloud.com", "CDN.api.qcloud.com:443", "localhost"):
            for form in FORMS:
                equal(send(simulator, purge("http://a.example/"), form, host=host)["code"], 0, host)
        parameters = purge("http://a.example/")
        refused(simulator, 4100, parameters, "the host without its port",
                signature=sign("POST", "127.0.0.1", parameters))


@test
def query_of_a_post_is_ignored():
    with Simulator() as simulator:
        parameters = purge("http://a.example/")
        parameters["Signature"] = sign("POST", simulator.host, parameters)
        _, query, _, _ = encode("get", parameters)
        _, _, media_type, body = encode("post", parameters)
        headers = {"Content-Type": media_type}
        _, _, answer = exchange(simulator.port, "POST", PATH + query, headers, b"")
        equal(json.loads(answer)["code"], 4000, "all in the query")
        _, _, answer = exchange(simulator.port, "POST", PATH + "?type=9", headers, body)
        equal(json.loads(answer)["code"], 0, "more in the query")


@test
def body_of_a_get_is_ignored():
    with Simulator() as simulator:
        parameters = purge("http://a.example/")
        parameters["Signature"] = sign("GET", simulator.host, parameters)
        _, query, _, _ = encode("get", parameters)
        _, _, answer = exchange(simulator.port, "GET", PATH + query, {}, b"type=9")
        equal(json.loads(answer)["code"], 0)


@test
def urls_are_purged_as_well():
    with Simulator("--quota=1") as simulator:
        urls = {f"urls.{i}": f"http://a.example/{i}.html" for i in range(1001)}
        answer = send(simulator, purge(Action="RefreshCdnUrl", **dict(list(urls.items())[:1000])))
        equal((answer["code"], answer["data"]["count"]), (0, 1000))
        refused(simulator, 22043, purge(Action="RefreshCdnUrl", **urls), "1001 URLs")
        equal(send(simulator, purge("http://a.example/"))["code"], 0, "a quota of its own")


# ---- who asks ----

@test
def common_parameters_are_required():
    with Simulator() as simulator:
        for form, name in itertools.product(FORMS, ("Action", "Timestamp", "Nonce", "SecretId")):
            for value in (None, ""):
                refused(simulator, 4000, purge("http://a.example/", **{name: value}), form=form)
        refused(simulator, 4000, purge("http://a.example/"), "no signature", signature="")
        for name, value in itertools.product(("Timestamp", "Nonce"),
                                             ("x", "-1", "1.0", "1e9", " 1", "0x1", "9" * 30)):
            refused(simulator, 4000, purge("http://a.example/", **{name: value}))


@test
def nonce_is_any_unsigned_number():
    with Simulator() as simulator:
        for nonce in (0, 1, 65535, 2**31, 2**63 - 1, 2**64 - 1):
            equal(send(simulator, purge("http://a.example/", Nonce=nonce))["code"], 0, nonce)


@test
def secret_id():
    with Simulator() as simulator:
        for wrong in (ID.lower(), ID + " ", "AKIDnobody"):
            refused(simulator, 4104, purge("http://a.example/", SecretId=wrong))


@test
def own_pair():
    with Simulator("--secret-id=AKIDmine", stdin="my key\n") as simulator:
        mine = purge("http://a.example/", SecretId="AKIDmine")
        equal(send(simulator, mine, key="my key")["code"], 0)
        refused(simulator, 4104, purge("http://a.example/"))
        refused(simulator, 4100, purge("http://a.example/", SecretId="AKIDmine"))


@test
def token():
    with Simulator("--token", stdin="right\n") as simulator:
        for wrong in (None, "", "wrong", "Right", "right "):
            refused(simulator, 4105, purge("http://a.example/", Token=wrong))
    with Simulator() as simulator:
        refused(simulator, 4105, purge("http://a.example/", Token="needless"))


@test
def timestamp():
    with Simulator() as simulator:
        for off in (-310, 310, -86400, 7200):
            refused(simulator, 4500, purge("http://a.example/", Timestamp=int(time.time()) + off))
        for off in (-270, 270):
            answer = send(simulator, purge("http://a.example/", Timestamp=int(time.time()) + off))
            equal(answer["code"], 0, off)
    with Simulator("--clock-window=7200") as simulator:
        answer = send(simulator, purge("http://a.example/", Timestamp=int(time.time()) - 7000))
        equal(answer["code"], 0)


@test
def signature():
    with Simulator() as simulator:
        for form in FORMS:
            method = "GET" if form == "get" else "POST"
            refused(simulator, 4100, purge("http://a.example/"), form=form, key="wrong")
            refused(simulator, 4100, purge("http://a.example/"), form=form, signature="x")
            for change in ({"type": 2}, {"dirs.0": "http://b.example/"},
                           {"dirs.1": "http://b.example/"}, {"SignatureMethod": "HmacSHA256"},
                           {"Region": ""}):
                parameters = purge("http://a.example/")
                genuine = sign(method, simulator.host, parameters)
                parameters.update(change)
                refused(simulator, 4100, parameters, (form, change), form=form, signature=genuine)
        parameters = purge("http://a.example/")
        for method, path in (("GET", PATH), ("post", PATH), ("POST", "/")):
            refused(simulator, 4100, parameters, (method, path),
                    signature=sign(method, simulator.host, parameters, path=path))
        encoded = purge("http://a.example/%20/")
        refused(simulator, 4100, encoded, "decoded before it was signed", signature=sign(
            "POST", simulator.host, {**encoded, "dirs.0": "http://a.example/ /"}))


@test
def nonce_with_timestamp():
    with Simulator() as simulator:
        parameters = purge("http://a.example/")
        equal(send(simulator, parameters)["code"], 0)
        refused(simulator, 4500, parameters, "the same request")
        refused(simulator, 4500, {**parameters, "dirs.0": "http://b.example/"}, "the same nonce")
        refused(simulator, 4500, parameters, "the same in another form", form="get")
        later = {**parameters, "Timestamp": parameters["Timestamp"] + 1}
        equal(send(simulator, later)["code"], 0, "the same nonce at another time")


@test
def what_uses_a_nonce_up():
    """A refusal by the rules of the business does; a wrong signature does not, so that strangers
    cannot use up anybody's nonces."""
    with Simulator() as simulator:
        parameters = purge("http://a.invalid/")
        refused(simulator, 9110, parameters)
        refused(simulator, 4500, {**parameters, "dirs.0": "http://a.example/"})
        parameters = purge("http://a.example/")
        refused(simulator, 4100, parameters, signature="x")
        equal(send(simulator, parameters)["code"], 0)


# ---- what is asked ----

@test
def actions():
    with Simulator() as simulator:
        for action in ("DescribeCdnHosts", "refreshCdnDir", "RefreshCdnDir ", "x"):
            refused(simulator, 4000, purge("http://a.example/", Action=action))


@test
def numbering():
    """From zero, without a gap, and no name twice."""
    with Simulator() as simulator:
        for names in ((), ("dirs.1",), ("dirs.0", "dirs.2"), ("dirs.0", "dirs.01"), ("dirs",),
                      ("dirs.0", "dirs.x"), ("dirs.0", "dirs.-1"), ("dirs.0", "dirs."), ("Dirs.0",),
                      ("dirs_0",), ("urls.0",)):
            refused(simulator, 4000, purge(**{name: "http://a.example/" for name in names}))
        for form in ("get", "post"):
            method, query, media_type, body = encode(form, purge("http://a.example/"))
            twice = "&dirs.0=http://b.example/"
            query, body = (query + twice, b"") if form == "get" else ("", body + twice.encode())
            headers = {"Content-Type": media_type} if media_type else {}
            _, _, answer = exchange(simulator.port, method, PATH + query, headers, body)
            equal(json.loads(answer)["code"], 4000, form)


@test
def type_():
    with Simulator() as simulator:
        for wrong in ("0", "3", "01", "x", "-1", "1 ", "flush"):
            refused(simulator, 9003, purge("http://a.example/", type=wrong))


@test
def directories():
    with Simulator() as simulator:
        for wrong in ("", "a.example/", "//a.example/", "ftp://a.example/", "HTTP://a.example/",
                      "http:/a.example/", " http://a.example/", "http://a.example",
                      "http://a.example/b", "http://a.example/b/index.html", "http://a.example/*/",
                      "http://a.example/b\\c/", "http://a.example/\tb/", "http://a.example/\r\nb/",
                      "http://a.example/\x7f/", "@http://a.example/"):
            for form in FORMS:
                refused(simulator, 9003, purge("http://b.example/", wrong), form=form)
        for wrong in ("http:///", "http://:80/", "http://u@a.example/", "http://a b.example/",
                      "http://*.example/"):
            expected = 9003 if "*" in wrong else 9107
            refused(simulator, expected, purge("http://b.example/", wrong))


@test
def batch():
    with Simulator() as simulator:
        refused(simulator, 22045, purge(*TWENTY, "http://a.example/"))
    with Simulator("--batch=2") as simulator:
        equal(send(simulator, purge(*TWENTY[:2]))["code"], 0)
        refused(simulator, 22045, purge(*TWENTY[:3]))


@test
def hosts():
    with Simulator() as simulator:
        refused(simulator, 9110, purge("http://a.example/", "http://b.invalid/"))
        equal(send(simulator, purge("http://anything.at.all/"))["code"], 0)
    with Simulator("--host=a.example", "--host=b.example") as simulator:
        equal(send(simulator, purge("http://a.example/", "https://B.example:8443/x/"))["code"], 0)
        refused(simulator, 9110, purge("http://a.example/", "http://c.example/"))
        refused(simulator, 9110, purge("http://www.a.example/"))


@test
def area():
    for name in ("mainland", "global"):
        with Simulator(f"--area={name}") as simulator:
            equal(send(simulator, purge("http://a.example/"))["code"], 0, name)
    with Simulator("--area=overseas") as simulator:
        equal(send(simulator, purge("http://luan.example/")),
              {"code": 4000, "codeDesc": "InvalidParameter",
               "message": "(1012)传参错误 invalid error code[域名 luan.example 未部署在 mainland]"})


@test
def quota():
    with Simulator() as simulator:
        for _ in range(4):
            equal(send(simulator, purge(*TWENTY))["code"], 0)
        equal(send(simulator, purge(*TWENTY[:19]))["code"], 0)
        refused(simulator, 22046, purge(*TWENTY[:2]), "two where one is left")
        equal(send(simulator, purge(*TWENTY[:1]))["code"], 0, "the last one")
        refused(simulator, 22046, purge(*TWENTY[:1]))


@test
def refusals_cost_nothing():
    with Simulator("--quota=1", "--host=a.example") as simulator:
        refused(simulator, 9110, purge("http://a.example/", "http://b.example/"))
        refused(simulator, 9003, purge("http://a.example"))
        refused(simulator, 22045, purge(*TWENTY, "http://a.example/"))
        refused(simulator, 22046, purge("http://a.example/1/", "http://a.example/2/"))
        refused(simulator, 4100, purge("http://a.example/"), signature="x")
        equal(send(simulator, purge("http://a.example/"))["code"], 0)


@test
def order_of_refusals():
    """One request that is wrong in everything, mended step by step."""
    urls = ["http://a.invalid/1/", "http://a.invalid/2/", "http://a.invalid/3"]
    steps = [
        (4000, {"Nonce": "x", "SecretId": "nobody", "Token": "wrong", "Timestamp": 1, "type": 3}),
        (4104, {"Nonce": None}),
        (4105, {"SecretId": ID}),
        (4500, {"Token": "token"}),
        (4100, {"Timestamp": int(time.time())}),
    ]
    with Simulator("--quota=1", "--batch=2", "--token", stdin="token\n") as simulator:
        more = {}
        for expected, mend in steps:
            more.update(mend)
            nonce = {} if more["Nonce"] else {"Nonce": expected}
            refused(simulator, expected, purge(*urls, **{**more, **nonce}), signature="x")
        del more["Nonce"]
        refused(simulator, 9003, purge(*urls, **more), "the type")
        more["type"] = 2
        refused(simulator, 22045, purge(*urls, **more))
        refused(simulator, 9003, purge(*urls[1:], **more), "the final slash")
        refused(simulator, 9110, purge(*urls[:2], **more))
        refused(simulator, 22046, purge("http://a.example/1/", "http://a.example/2/", **more))
        equal(send(simulator, purge("http://a.example/1/", **more))["code"], 0)


# ---- looking up ----

def beijing(offset=0, form="%Y-%m-%d %H:%M:%S"):
    return time.strftime(form, time.gmtime(time.time() + 8 * 3600 + offset))


def look_up(simulator, **more):
    answer = send(simulator, log_query(**more))
    equal((answer["code"], answer["codeDesc"]), (0, "Success"), answer)
    equal(answer["data"]["total"], len(answer["data"]["logs"]))
    return answer["data"]["logs"]


@test
def log_of_a_task():
    with Simulator() as simulator:
        equal(look_up(simulator, startDate=beijing(-60), endDate=beijing(60)), [])
        sent = ["http://a.example/1/", "http://b.example/2/", "http://a.example/3/"]
        task = send(simulator, purge(*sent))["data"]["task_id"]
        send(simulator, purge("http://c.example/"))
        first, second = look_up(simulator, taskId=task)
        equal((first["host"], first["url_list"]), ("a.example", [sent[0], sent[2]]))
        equal((second["host"], second["url_list"]), ("b.example", [sent[1]]))
        equal((first["type"], first["status"]), (1, 1))
        assert first["id"] != second["id"]
        equal(sorted(first), sorted(["id", "app_id", "project_id", "host", "type", "status",
                                     "url_list", "datetime"]))
        assert beijing(-60) <= first["datetime"] <= beijing(), first["datetime"]


@test
def log_of_some_time():
    with Simulator() as simulator:
        send(simulator, purge("http://a.example/1/"))
        send(simulator, purge("http://a.example/2/", "http://b.example/2/"))
        send(simulator, purge(Action="RefreshCdnUrl", **{"urls.0": "http://a.example/3"}))
        now = {"startDate": beijing(-60), "endDate": beijing(60)}
        equal([entry["url_list"] for entry in look_up(simulator, **now)],
              [["http://a.example/3"], ["http://a.example/2/"], ["http://b.example/2/"],
               ["http://a.example/1/"]])
        equal([entry["type"] for entry in look_up(simulator, **now)], [0, 1, 1, 1])
        equal(len(look_up(simulator, host="A.example", **now)), 3)
        equal(len(look_up(simulator, host="c.example", **now)), 0)
        equal(len(look_up(simulator, url="http://a.example/2/", **now)), 1)
        equal(len(look_up(simulator, url="http://a.example/2", **now)), 0)
        equal(len(look_up(simulator, url="", host="", **now)), 4)
        equal(len(look_up(simulator, startDate=beijing(3600), endDate=beijing(7200))), 0)
        equal(len(look_up(simulator, startDate=beijing(-86400, "%Y-%m-%d"),
                          endDate=beijing(86400, "%Y-%m-%d"))), 4)


@test
def log_refuses():
    with Simulator() as simulator:
        task = send(simulator, purge("http://a.example/"))["data"]["task_id"]
        refused(simulator, 4000, log_query())
        refused(simulator, 4000, log_query(startDate=beijing()))
        refused(simulator, 4000, log_query(endDate=beijing()))
        refused(simulator, 4000, log_query(taskId=task, startDate=beijing()))
        refused(simulator, 9150, log_query(startDate="yesterday", endDate=beijing()))
        refused(simulator, 9150, log_query(startDate=beijing(), endDate="2022-02-30"))
        refused(simulator, 9150, log_query(startDate=beijing(60), endDate=beijing()))
        refused(simulator, 21001, log_query(taskId="1540810210711616112"))
        refused(simulator, 9150, log_query(taskId=task, startDate=beijing(3600),
                                           endDate=beijing(7200)))
        equal(len(look_up(simulator, taskId=task, startDate=beijing(-60), endDate=beijing(60))), 1)


@test
def log_is_for_the_sender_only():
    with Simulator() as simulator:
        refused(simulator, 4100, log_query(startDate=beijing(-60), endDate=beijing()),
                signature="x")


@test
def tasks_take_their_time():
    with Simulator("--task-time=3600000") as simulator:
        task = send(simulator, purge("http://a.example/"))["data"]["task_id"]
        equal(look_up(simulator, taskId=task)[0]["status"], 0)
    with Simulator("--task-time=1") as simulator:
        task = send(simulator, purge("http://a.example/"))["data"]["task_id"]
        deadline = time.monotonic() + 30
        while look_up(simulator, taskId=task)[0]["status"] != 1:
            assert time.monotonic() < deadline, "it is never done"
            time.sleep(0.01)


test.run()
