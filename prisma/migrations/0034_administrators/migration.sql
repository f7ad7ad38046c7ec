-- 三员分立: the administrator of everything becomes the system administrator, who keeps the instance running, and who sees
-- neither business data nor the audit. What else they held is taken away, so that no account does two duties; `bihuan grant`
-- appoints the first security administrator, who grants the rest.
DELETE FROM "roles" r USING "roles" a
WHERE a."person_id" = r."person_id" AND a."role" = 'administrator' AND a."org_id" IS NULL AND r."role" <> 'administrator';
DELETE FROM "roles" WHERE "role" = 'administrator' AND "org_id" IS NOT NULL;

INSERT INTO "notices" ("id", "person_id", "at", "kind", "subject", "body")
SELECT '0034:' || "person_id", "person_id", now(), 'roles',
  '{"zh": "管理员已三员分立", "en": "the administrator’s duties are split in three"}',
  '{"zh": "您的账号现为系统管理员，只管单位、人员、日历和运行，不再看业务数据，也不再授权。请在服务器上运行 bihuan grant <用户名> securityAdministrator 任命安全管理员，由其授予其他角色。", "en": "Your account is now a system administrator: units, people, calendar and operations, no business data and no grants. Run bihuan grant <user name> securityAdministrator on the server to appoint the security administrator, who grants the other roles."}'
FROM "roles" WHERE "role" = 'administrator';

UPDATE "roles" SET "role" = 'systemAdministrator' WHERE "role" = 'administrator';

ALTER TABLE "roles" ADD CONSTRAINT "roles_administrators_city"
  CHECK ("org_id" IS NULL OR "role" NOT IN ('systemAdministrator', 'securityAdministrator', 'auditAdministrator'));
-- One of these duties for each account.
CREATE UNIQUE INDEX "roles_separate" ON "roles" ("person_id")
  WHERE "org_id" IS NULL AND "role" IN ('systemAdministrator', 'securityAdministrator', 'auditAdministrator', 'performanceOffice');
