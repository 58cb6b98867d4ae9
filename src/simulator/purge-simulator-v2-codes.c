/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Every error of API 2.0 that its pages name, in the words and the form in which the vendor answers
 * it. Knows no rule by which it is answered. Sources: the page "错误码" of Tencent Cloud CDN
 * (https://cloud.tencent.com/document/product/228/5078), for 4101 to 4110 that of API 2.0 at large
 * (https://cloud.tencent.com/document/api/309/7025); the words of 9110 are those of the page of
 * RefreshCdnDir; those of 4100 and 1012 (which no page names) were reported by users. */

#define G_LOG_DOMAIN "purge-simulator-v2-codes"

#include "config.h"

#include "purge-simulator-v2-codes.h"

typedef struct {
  int         code;
  const char *text;
  const char *desc; /* the symbolic codeDesc, where one was ever seen; the others go without */
} Common;

static const Common commons[] = {
  { 4000, "请求参数非法", "InvalidParameter" },
  { 4100, "身份认证失败，用户身份验证失败", "AuthFailure" },
  { 4101, "未授权访问接口", NULL },
  { 4102, "未授权访问资源", NULL },
  { 4103, "未授权访问当前接口所操作的资源", NULL },
  { 4104, "密钥不存在", NULL },
  { 4105, "token 错误", NULL },
  { 4106, "MFA 校验失败", NULL },
  { 4110, "其他 CAM 鉴权失败", NULL },
  { 4200, "请求过期", NULL },
  { 4300, "拒绝访问", NULL },
  { 4400, "超过配额", NULL },
  { 4500, "重放攻击", NULL },
  { 4600, "协议不支持", NULL },
  { 5000, "资源不存在", NULL },
  { 5100, "资源操作失败", NULL },
  { 5200, "资源购买失败", NULL },
  { 5300, "资源购买失败", NULL },
  { 5400, "部分执行成功", NULL },
  { 5500, "用户资质审核未通过", NULL },
  { 6000, "服务器内部错误", NULL },
  { 6100, "版本暂不支持", NULL },
  { 6200, "接口暂时无法访问", NULL },
};

typedef struct {
  int         code;
  const char *text;
} Module;

static const Module modules[] = {
  { -9021, "COS 接口异常，请稍后重试" },
  { -9018, "域名检查失败" },
  { -9015, "系统错误，请联系厂商处理" },
  { -9014, "数据库错误，请联系厂商处理" },
  { -9011, "域名配置接口超时，请稍后重试" },
  { -9009, "满足所查询条件的记录不存在" },
  { 1001, "实名认证审核中" },
  { 1002, "未进行实名认证，请前往腾讯云官网进行认证" },
  { 1003, "未开通 FTP 账号" },
  { 1012, "传参错误 invalid error code" },
  { 9000, "系统错误，请稍后重试" },
  { 9003, "参数错误" },
  { 9089, "当前账户接入域名到达上限" },
  { 9092, "域名已被其他用户添加" },
  { 9093, "域名对应泛域名已被其他用户添加" },
  { 9103, "仅待认证、审核中和已关闭的域名才可进行删除操作" },
  { 9105, "域名不存在，请确认后重试" },
  { 9107, "域名格式不合法，请确认后重试" },
  { 9108, "源站列表不合法，请确认后重试" },
  { 9109, "缓存过期规则设置格式不合法，请确认后重试" },
  { 9110, "没有这个域名的信息 cdn no such host" },
  { 9111, "未开通 CDN 服务" },
  { 9112, "操作域名需要为【开启中】状态，请确认后重试" },
  { 9114, "FTP 系统错误，请联系厂商处理" },
  { 9115, "输入 IP 不能是内网 IP，请修改后重试" },
  { 9116, "源站设置超出长度限制（250 字节），请确认后重试" },
  { 9118, "FTP 系统错误，请联系厂商处理" },
  { 9126, "时间大小设置错误，请确认后重试" },
  { 9127, "缓存类型设置错误，请确认后重试" },
  { 9128, "文件后缀设置错误，请确认后重试" },
  { 9129, "目录设置错误，请确认后重试" },
  { 9130, "referer 设置错误，请确认后重试" },
  { 9131, "referer 类型设置错误，请确认后重试" },
  { 9132, "referer 列表错误，请确认后重试" },
  { 9133, "referer 内容错误，请确认后重试" },
  { 9135, "域名处理中，请稍后再试" },
  { 9137, "域名已被自己添加" },
  { 9138, "域名已经被他人添加" },
  { 9141, "域名对应泛域名已被其他用户添加" },
  { 9150, "查询日期区间不合法，请确认后重试" },
  { 9151, "内部错误，请联系厂商处理" },
  { 9153, "回源 Host 超出长度限制（250 字节），请修改后重试" },
  { 9154, "回源 Host 不能设置为 IP" },
  { 9156, "回源 Host 内容不合法，请确认后重试" },
  { 9160, "统计数据类型不合法，请确认后重试" },
  { 9161, "域名存在特殊配置，已被锁定，请联系运维处理" },
  { 9162, "数量超出限制（400 个），请修改后重试" },
  { 9163, "操作频繁，请稍后再试" },
  { 9166, "添加域名为空，请确认后重试" },
  { 9169, "账号被封禁，请联系厂商处理" },
  { 9170, "试用账号，无法进行该操作" },
  { 9175, "无法操作部署中的域名" },
  { 9176, "无法操作下线的域名" },
  { 9177, "无法操作上线的域名" },
  { 9182, "FTP 系统错误，请联系厂商处理" },
  { 9192, "设置的缓存过期时间单位错误，请修改后重试" },
  { 9193, "端口设置错误（0 - 65535），请修改后重试" },
  { 9194, "缓存过期规则设置不合法，请修改后重试" },
  { 9302, "域名已被其他用户添加" },
  { 9303, "域名格式不合法，请确认后重试" },
  { 9305, "源站设置不合法，请确认后重试" },
  { 9307, "域名不存在，请确认后重试" },
  { 9313, "无法操作下线的域名" },
  { 9314, "无法操作上线的域名" },
  { 9315, "无法删除未下线的域名，请操作后重试" },
  { 9320, "缓存过期规则设置格式不合法，请确认后重试" },
  { 9334, "证书格式需要为 pem，请确认后重试" },
  { 9335, "证书或密钥不能为空，请确认后重试" },
  { 9336, "删除证书失败" },
  { 9339, "Https回源源站需要设置为443端口" },
  { 9362, "证书或私钥不能为空，请确认后重试" },
  { 9363, "证书格式需要为 pem，请确认后重试" },
  { 9364, "证书不能为空，请确认后重试" },
  { 9365, "私钥格式需要为 pem，请确认后重试" },
  { 9366, "私钥不能为空，请确认后重试" },
  { 9367, "证书与私钥不匹配，请确认后重试" },
  { 9400, "查询监控信息失败" },
  { 9404, "提交的 IP 超出单次查询上限" },
  { 20004, "域名未备案，请备案后重试" },
  { 20005, "域名格式不合法，请确认后重试" },
  { 20006, "内部保留域名" },
  { 20007, "限制域名，暂时无法接入" },
  { 20008, "限制域名，如有接入需要请提交工单处理" },
  { 20009, "恶意域名，已被加入黑名单，无法接入" },
  { 20010, "腾讯电脑管家黑名单域名，无法接入" },
  { 20011, "源站填写不合法，请确认后重试" },
  { 21000, "预拉热次数超过当日限额" },
  { 21001, "查询的 task_id 不存在" },
  { 21002, "单次预拉热超出长度限制" },
  { 22035, "HTTPS 类型错误，请确认后重试" },
  { 22036, "域名错误，请确认后重试" },
  { 22037, "开启 HTTPS 加速失败，请稍后重试" },
  { 22038, "关闭 HTTPS 加速失败，请稍后重试" },
  { 22041, "域名尚未开通 CDN 服务，请开通后重试" },
  { 22043, "单次提交刷新 URL 超出上限" },
  { 22044, "URL 刷新数目超出单日限额" },
  { 22045, "单次提交刷新目录超出上限" },
  { 22046, "目录刷新数目超出单日限额" },
  { 22063, "操作频繁，请稍后再试" },
  { 22200, "解析修改内部异常，请稍后重试" },
  { 22300, "没有对应的日志列表" },
  { 22401, "COS bucket 无效，请确认后重试" },
  { 22402, "bucket 绑定失败，请稍后重试" },
  { 22403, "COS 默认加速域名，不允许修改 bucket" },
  { 22405, "bucket 不存在，请确认后重试" },
  { 22701, "域名格式不合法，请确认后重试" },
  { 22704, "FTP / COS 源域名不支持 HTTPS 回源" },
  { 22708, "证书错误，请确认后重试" },
  { 22709, "证书与域名不匹配，请确认后重试" },
  { 22711, "证书已过期，请确认后重试" },
  { 22712, "证书剩余有效期不足 24 小时，无法添加" },
  { 22713, "证书链无法补齐，您可以自行补齐证书链后重试，或提交工单联系我们" },
  { 22714, "上传的证书不是泛域名证书" },
  { 22716, "最多可选择 10 个域名进行批量部署" },
  { 22721, "域名未成功配置证书，无法开启强制 HTTPS 跳转" },
  { 22800, "系统错误，请稍后重试" },
  { 23100, "单次提交预热 URL 超出上限" },
  { 23101, "URL 预热超出当日额度限制" },
  { 23103, "无调用该接口权限，请联系厂商处理" },
  { 23200, "暂时不允许设置此项 HTTP Header" },
  { 23201, "HTTP Header设置失败，请稍后重试" },
  { 23226, "强制 HTTPS 配置格式错误" },
  { 23227, "备份源站配置格式错误" },
  { 23228, "FTP 源站域名，不可修改源站" },
  { 23229, "托管源（COS / FTP源）暂时不支持设置备用源站" },
  { 23230, "源站设置错误" },
  { 23232, "回源 Host 不能设置为泛域名" },
  { 23234, "配置错误，请稍后重试" },
  { 23235, "中间源配置错误，请稍后重试" },
  { 25002, "没有该资源（域名 / 项目）的权限" },
  { 25010, "您暂无权限进行此操作，请联系开发商开通访问权限" },
  { 25015, "当前账户暂不支持接入境外加速域名，如需支持请联系客服" },
  { 25016, "该域名暂不支持修改，如需修改，请联系腾讯云技术人员" },
  { 28006, "预热域名已关闭，请先开启域名的 CDN 加速" },
  { 28007, "刷新域名已关闭，请先开启域名的 CDN 加速" },
  { 28008, "操作域名未上线，请开启后操作" },
};

static const Common *
find_common (int code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commons); i++)
    {
      if (commons[i].code == code)
        return &commons[i];
    }

  return NULL;
}

static const Module *
find_module (int code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (modules); i++)
    {
      if (modules[i].code == code)
        return &modules[i];
    }

  return NULL;
}

/* "(1012)传参错误 invalid error code[域名 x 未部署在 mainland]" */
static char *
make_message (int         module_code,
              const char *text,
              const char *detail)
{
  g_autofree char *number = module_code != 0 ? g_strdup_printf ("(%d)", module_code)
                                             : g_strdup ("");

  if (detail == NULL)
    return g_strconcat (number, text, NULL);

  return g_strconcat (number, text, "[", detail, "]", NULL);
}

/* The codeDesc of a module code is its number, but for 1012, which came with a symbolic one. */
static void
add_module_desc (JsonBuilder *builder,
                 int          code)
{
  json_builder_set_member_name (builder, "codeDesc");
  if (code == PURGE_SIMULATOR_V2_OTHER_AREA)
    json_builder_add_string_value (builder, "InvalidParameter");
  else
    json_builder_add_int_value (builder, code);
}

static void
add_common_desc (JsonBuilder  *builder,
                 const Common *common)
{
  if (common->desc == NULL)
    return;

  json_builder_set_member_name (builder, "codeDesc");
  json_builder_add_string_value (builder, common->desc);
}

/**
 * purge_simulator_v2_code_is_documented:
 * @code: a common code or a module code
 *
 * Returns: whether @code is an error that API 2.0 knows
 */
gboolean
purge_simulator_v2_code_is_documented (int code)
{
  return find_common (code) != NULL || find_module (code) != NULL;
}

/**
 * purge_simulator_v2_code_get_common:
 * @code: a common code, a module code or 0 for success
 *
 * Returns: the code that stands as `code` in the answer: module codes have 4000 there
 */
int
purge_simulator_v2_code_get_common (int code)
{
  return find_module (code) != NULL ? PURGE_SIMULATOR_V2_INVALID_PARAMETER : code;
}

/**
 * purge_simulator_v2_code_to_json:
 * @code: a documented error
 * @detail: (nullable): what exactly is wrong, to stand in brackets behind the message
 *
 * Returns: (transfer full): the answer that says so
 */
JsonNode *
purge_simulator_v2_code_to_json (int         code,
                                 const char *detail)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  const Common *common = find_common (code);
  const Module *module = find_module (code);
  g_autofree char *message = NULL;

  g_return_val_if_fail (common != NULL || module != NULL, NULL);

  message = make_message (module != NULL ? code : 0,
                          module != NULL ? module->text : common->text, detail);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "code");
  json_builder_add_int_value (builder, purge_simulator_v2_code_get_common (code));
  json_builder_set_member_name (builder, "message");
  json_builder_add_string_value (builder, message);
  if (module != NULL)
    add_module_desc (builder, code);
  else
    add_common_desc (builder, common);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}
