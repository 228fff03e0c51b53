using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Kyodo.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Inquiries : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_cases_programme_key_year_unit_id",
                table: "cases");

            migrationBuilder.DropIndex(
                name: "ix_cases_project_id",
                table: "cases");

            migrationBuilder.AddColumn<string>(
                name: "notice_body",
                table: "rounds",
                type: "character varying(4000)",
                maxLength: 4000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateOnly>(
                name: "notice_date",
                table: "rounds",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "notice_extension",
                table: "rounds",
                type: "character varying(20)",
                maxLength: 20,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "notice_number",
                table: "rounds",
                type: "character varying(60)",
                maxLength: 60,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "notice_officer",
                table: "rounds",
                type: "character varying(60)",
                maxLength: 60,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "notice_sender",
                table: "rounds",
                type: "character varying(100)",
                maxLength: 100,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateTime>(
                name: "notice_sent_at",
                table: "rounds",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "reminders",
                table: "rounds",
                type: "character varying(60)",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "scheduled_by_id",
                table: "rounds",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "send_at",
                table: "rounds",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "send_problem",
                table: "rounds",
                type: "character varying(400)",
                maxLength: 400,
                nullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "last_error",
                table: "outbox_mails",
                type: "character varying(400)",
                maxLength: 400,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "text",
                oldNullable: true);

            migrationBuilder.AddColumn<string>(
                name: "calendar",
                table: "outbox_mails",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "died_at",
                table: "outbox_mails",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "given_up_at",
                table: "outbox_mails",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "government_code",
                table: "outbox_mails",
                type: "character varying(6)",
                maxLength: 6,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "inquiry_id",
                table: "outbox_mails",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "kind",
                table: "outbox_mails",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "lease_token",
                table: "outbox_mails",
                type: "character varying(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "next_attempt_at",
                table: "outbox_mails",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "page",
                table: "outbox_mails",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "round_id",
                table: "outbox_mails",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "row_version",
                table: "outbox_mails",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "checker_id",
                table: "inquiries",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "extended_to",
                table: "inquiries",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "extension_reason",
                table: "inquiries",
                type: "character varying(400)",
                maxLength: 400,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "message",
                table: "inquiries",
                type: "character varying(2000)",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "own_due",
                table: "inquiries",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "parent_id",
                table: "inquiries",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "passed_from_id",
                table: "inquiries",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "passed_on_because",
                table: "inquiries",
                type: "character varying(400)",
                maxLength: 400,
                nullable: true);

            migrationBuilder.AddColumn<List<long>>(
                name: "upper_unit_ids",
                table: "inquiries",
                type: "bigint[]",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "partner_kinds",
                table: "collaboration_forms",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "carried_from_id",
                table: "cases",
                type: "character varying(12)",
                maxLength: 12,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "held_version",
                table: "cases",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTime>(
                name: "began_at",
                table: "case_versions",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "route_json",
                table: "approval_requests",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "step",
                table: "approval_requests",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "amendments",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    case_id = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    inquiry_id = table.Column<long>(type: "bigint", nullable: false),
                    question_key = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    before_json = table.Column<string>(type: "text", nullable: true),
                    after_json = table.Column<string>(type: "text", nullable: true),
                    from_version = table.Column<int>(type: "integer", nullable: false),
                    to_version = table.Column<int>(type: "integer", nullable: false),
                    restored_version = table.Column<int>(type: "integer", nullable: true),
                    reason = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    by_id = table.Column<long>(type: "bigint", nullable: true),
                    by = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    decided_by = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    decided_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    comment = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    government_code = table.Column<string>(type: "character varying(6)", maxLength: 6, nullable: false),
                    row_version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_amendments", x => x.id);
                    table.ForeignKey(
                        name: "fk_amendments_case_case_id",
                        column: x => x.case_id,
                        principalTable: "cases",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_amendments_inquiry_inquiry_id",
                        column: x => x.inquiry_id,
                        principalTable: "inquiries",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "approval_decisions",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    request_id = table.Column<long>(type: "bigint", nullable: false),
                    step = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    person_id = table.Column<long>(type: "bigint", nullable: false),
                    person_name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    for_id = table.Column<long>(type: "bigint", nullable: true),
                    for_name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    reason = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    reviewed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    reviewed_by = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_approval_decisions", x => x.id);
                    table.ForeignKey(
                        name: "fk_approval_decisions_approval_requests_request_id",
                        column: x => x.request_id,
                        principalTable: "approval_requests",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "approval_routes",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    unit_id = table.Column<long>(type: "bigint", nullable: false),
                    steps_json = table.Column<string>(type: "text", nullable: false),
                    government_code = table.Column<string>(type: "character varying(6)", maxLength: 6, nullable: false),
                    row_version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_approval_routes", x => x.id);
                    table.ForeignKey(
                        name: "fk_approval_routes_org_unit_unit_id",
                        column: x => x.unit_id,
                        principalTable: "org_units",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "approval_seats",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    request_id = table.Column<long>(type: "bigint", nullable: false),
                    unit_id = table.Column<long>(type: "bigint", nullable: true),
                    person_id = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_approval_seats", x => x.id);
                    table.ForeignKey(
                        name: "fk_approval_seats_approval_requests_request_id",
                        column: x => x.request_id,
                        principalTable: "approval_requests",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "case_drafts",
                columns: table => new
                {
                    inquiry_id = table.Column<long>(type: "bigint", nullable: false),
                    case_id = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    person_id = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    texts_json = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_case_drafts", x => new { x.inquiry_id, x.case_id, x.person_id });
                });

            migrationBuilder.CreateTable(
                name: "case_presences",
                columns: table => new
                {
                    case_id = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    person_id = table.Column<long>(type: "bigint", nullable: false),
                    person_name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    question = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    seen_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_case_presences", x => new { x.case_id, x.person_id });
                });

            migrationBuilder.CreateTable(
                name: "field_comments",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    case_id = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    question_key = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    seen_version = table.Column<int>(type: "integer", nullable: false),
                    text = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    by_id = table.Column<long>(type: "bigint", nullable: true),
                    by = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    struck_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    struck_by = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    government_code = table.Column<string>(type: "character varying(6)", maxLength: 6, nullable: false),
                    row_version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_field_comments", x => x.id);
                    table.ForeignKey(
                        name: "fk_field_comments_cases_case_id",
                        column: x => x.case_id,
                        principalTable: "cases",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "file_mappings",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    unit_id = table.Column<long>(type: "bigint", nullable: false),
                    programme_key = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    signature = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    mapping_json = table.Column<string>(type: "text", nullable: false),
                    used_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    government_code = table.Column<string>(type: "character varying(6)", maxLength: 6, nullable: false),
                    row_version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_file_mappings", x => x.id);
                    table.ForeignKey(
                        name: "fk_file_mappings_org_unit_unit_id",
                        column: x => x.unit_id,
                        principalTable: "org_units",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "job_leases",
                columns: table => new
                {
                    name = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    holder = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    until = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_job_leases", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "mail_templates",
                columns: table => new
                {
                    key = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    round_id = table.Column<long>(type: "bigint", nullable: true),
                    subject = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    body = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    government_code = table.Column<string>(type: "character varying(6)", maxLength: 6, nullable: false),
                    row_version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mail_templates", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "occasions",
                columns: table => new
                {
                    name = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    page = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    round_id = table.Column<long>(type: "bigint", nullable: true),
                    inquiry_id = table.Column<long>(type: "bigint", nullable: true),
                    happened_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    government_code = table.Column<string>(type: "character varying(6)", maxLength: 6, nullable: false),
                    row_version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_occasions", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "photos",
                columns: table => new
                {
                    id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    thumbnail_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    width = table.Column<int>(type: "integer", nullable: false),
                    height = table.Column<int>(type: "integer", nullable: false),
                    bytes = table.Column<long>(type: "bigint", nullable: false),
                    person_id = table.Column<long>(type: "bigint", nullable: true),
                    person_name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_photos", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "project_links",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    from_id = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    to_id = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: true),
                    year = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    note = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    by = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    undone_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    undone_by = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    government_code = table.Column<string>(type: "character varying(6)", maxLength: 6, nullable: false),
                    row_version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_project_links", x => x.id);
                    table.ForeignKey(
                        name: "fk_project_links_projects_from_id",
                        column: x => x.from_id,
                        principalTable: "projects",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_project_links_projects_to_id",
                        column: x => x.to_id,
                        principalTable: "projects",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "round_attachments",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    round_id = table.Column<long>(type: "bigint", nullable: false),
                    name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    media_type = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    stored_as = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_round_attachments", x => x.id);
                    table.ForeignKey(
                        name: "fk_round_attachments_rounds_round_id",
                        column: x => x.round_id,
                        principalTable: "rounds",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "round_questions",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    round_id = table.Column<long>(type: "bigint", nullable: false),
                    inquiry_id = table.Column<long>(type: "bigint", nullable: false),
                    is_anonymous = table.Column<bool>(type: "boolean", nullable: false),
                    text = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    asked_by = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    asked_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    answer = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    answered_by = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    answered_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    government_code = table.Column<string>(type: "character varying(6)", maxLength: 6, nullable: false),
                    row_version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_round_questions", x => x.id);
                    table.ForeignKey(
                        name: "fk_round_questions_inquiries_inquiry_id",
                        column: x => x.inquiry_id,
                        principalTable: "inquiries",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_round_questions_rounds_round_id",
                        column: x => x.round_id,
                        principalTable: "rounds",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_rounds_send_at",
                table: "rounds",
                column: "send_at");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_mails_inquiry_id",
                table: "outbox_mails",
                column: "inquiry_id");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_mails_round_id",
                table: "outbox_mails",
                column: "round_id");

            migrationBuilder.CreateIndex(
                name: "ix_inquiries_checker_id",
                table: "inquiries",
                column: "checker_id");

            migrationBuilder.CreateIndex(
                name: "ix_inquiries_parent_id",
                table: "inquiries",
                column: "parent_id");

            migrationBuilder.CreateIndex(
                name: "ix_inquiries_passed_from_id",
                table: "inquiries",
                column: "passed_from_id");

            migrationBuilder.CreateIndex(
                name: "ix_cases_carried_from_id",
                table: "cases",
                column: "carried_from_id");

            migrationBuilder.CreateIndex(
                name: "ix_cases_programme_key_year_unit_id_removed_at",
                table: "cases",
                columns: new[] { "programme_key", "year", "unit_id", "removed_at" });

            migrationBuilder.CreateIndex(
                name: "ix_cases_project_id_year",
                table: "cases",
                columns: new[] { "project_id", "year" },
                unique: true,
                filter: "removed_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_amendments_case_id",
                table: "amendments",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "ix_amendments_inquiry_id",
                table: "amendments",
                column: "inquiry_id");

            migrationBuilder.CreateIndex(
                name: "ix_approval_decisions_request_id",
                table: "approval_decisions",
                column: "request_id");

            migrationBuilder.CreateIndex(
                name: "ix_approval_routes_unit_id",
                table: "approval_routes",
                column: "unit_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_approval_seats_person_id",
                table: "approval_seats",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_approval_seats_request_id",
                table: "approval_seats",
                column: "request_id");

            migrationBuilder.CreateIndex(
                name: "ix_approval_seats_unit_id",
                table: "approval_seats",
                column: "unit_id");

            migrationBuilder.CreateIndex(
                name: "ix_case_presences_seen_at",
                table: "case_presences",
                column: "seen_at");

            migrationBuilder.CreateIndex(
                name: "ix_field_comments_case_id",
                table: "field_comments",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "ix_file_mappings_unit_id_programme_key_signature",
                table: "file_mappings",
                columns: new[] { "unit_id", "programme_key", "signature" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_occasions_round_id",
                table: "occasions",
                column: "round_id");

            migrationBuilder.CreateIndex(
                name: "ix_project_links_from_id_to_id_year_kind",
                table: "project_links",
                columns: new[] { "from_id", "to_id", "year", "kind" },
                unique: true,
                filter: "undone_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_project_links_to_id",
                table: "project_links",
                column: "to_id");

            migrationBuilder.CreateIndex(
                name: "ix_round_attachments_round_id",
                table: "round_attachments",
                column: "round_id");

            migrationBuilder.CreateIndex(
                name: "ix_round_attachments_stored_as",
                table: "round_attachments",
                column: "stored_as");

            migrationBuilder.CreateIndex(
                name: "ix_round_questions_inquiry_id",
                table: "round_questions",
                column: "inquiry_id");

            migrationBuilder.CreateIndex(
                name: "ix_round_questions_round_id",
                table: "round_questions",
                column: "round_id");

            migrationBuilder.AddForeignKey(
                name: "fk_cases_cases_carried_from_id",
                table: "cases",
                column: "carried_from_id",
                principalTable: "cases",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_inquiries_inquiries_checker_id",
                table: "inquiries",
                column: "checker_id",
                principalTable: "inquiries",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_inquiries_inquiries_parent_id",
                table: "inquiries",
                column: "parent_id",
                principalTable: "inquiries",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_inquiries_inquiries_passed_from_id",
                table: "inquiries",
                column: "passed_from_id",
                principalTable: "inquiries",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_cases_cases_carried_from_id",
                table: "cases");

            migrationBuilder.DropForeignKey(
                name: "fk_inquiries_inquiries_checker_id",
                table: "inquiries");

            migrationBuilder.DropForeignKey(
                name: "fk_inquiries_inquiries_parent_id",
                table: "inquiries");

            migrationBuilder.DropForeignKey(
                name: "fk_inquiries_inquiries_passed_from_id",
                table: "inquiries");

            migrationBuilder.DropTable(
                name: "amendments");

            migrationBuilder.DropTable(
                name: "approval_decisions");

            migrationBuilder.DropTable(
                name: "approval_routes");

            migrationBuilder.DropTable(
                name: "approval_seats");

            migrationBuilder.DropTable(
                name: "case_drafts");

            migrationBuilder.DropTable(
                name: "case_presences");

            migrationBuilder.DropTable(
                name: "field_comments");

            migrationBuilder.DropTable(
                name: "file_mappings");

            migrationBuilder.DropTable(
                name: "job_leases");

            migrationBuilder.DropTable(
                name: "mail_templates");

            migrationBuilder.DropTable(
                name: "occasions");

            migrationBuilder.DropTable(
                name: "photos");

            migrationBuilder.DropTable(
                name: "project_links");

            migrationBuilder.DropTable(
                name: "round_attachments");

            migrationBuilder.DropTable(
                name: "round_questions");

            migrationBuilder.DropIndex(
                name: "ix_rounds_send_at",
                table: "rounds");

            migrationBuilder.DropIndex(
                name: "ix_outbox_mails_inquiry_id",
                table: "outbox_mails");

            migrationBuilder.DropIndex(
                name: "ix_outbox_mails_round_id",
                table: "outbox_mails");

            migrationBuilder.DropIndex(
                name: "ix_inquiries_checker_id",
                table: "inquiries");

            migrationBuilder.DropIndex(
                name: "ix_inquiries_parent_id",
                table: "inquiries");

            migrationBuilder.DropIndex(
                name: "ix_inquiries_passed_from_id",
                table: "inquiries");

            migrationBuilder.DropIndex(
                name: "ix_cases_carried_from_id",
                table: "cases");

            migrationBuilder.DropIndex(
                name: "ix_cases_programme_key_year_unit_id_removed_at",
                table: "cases");

            migrationBuilder.DropIndex(
                name: "ix_cases_project_id_year",
                table: "cases");

            migrationBuilder.DropColumn(
                name: "notice_body",
                table: "rounds");

            migrationBuilder.DropColumn(
                name: "notice_date",
                table: "rounds");

            migrationBuilder.DropColumn(
                name: "notice_extension",
                table: "rounds");

            migrationBuilder.DropColumn(
                name: "notice_number",
                table: "rounds");

            migrationBuilder.DropColumn(
                name: "notice_officer",
                table: "rounds");

            migrationBuilder.DropColumn(
                name: "notice_sender",
                table: "rounds");

            migrationBuilder.DropColumn(
                name: "notice_sent_at",
                table: "rounds");

            migrationBuilder.DropColumn(
                name: "reminders",
                table: "rounds");

            migrationBuilder.DropColumn(
                name: "scheduled_by_id",
                table: "rounds");

            migrationBuilder.DropColumn(
                name: "send_at",
                table: "rounds");

            migrationBuilder.DropColumn(
                name: "send_problem",
                table: "rounds");

            migrationBuilder.DropColumn(
                name: "calendar",
                table: "outbox_mails");

            migrationBuilder.DropColumn(
                name: "died_at",
                table: "outbox_mails");

            migrationBuilder.DropColumn(
                name: "given_up_at",
                table: "outbox_mails");

            migrationBuilder.DropColumn(
                name: "government_code",
                table: "outbox_mails");

            migrationBuilder.DropColumn(
                name: "inquiry_id",
                table: "outbox_mails");

            migrationBuilder.DropColumn(
                name: "kind",
                table: "outbox_mails");

            migrationBuilder.DropColumn(
                name: "lease_token",
                table: "outbox_mails");

            migrationBuilder.DropColumn(
                name: "next_attempt_at",
                table: "outbox_mails");

            migrationBuilder.DropColumn(
                name: "page",
                table: "outbox_mails");

            migrationBuilder.DropColumn(
                name: "round_id",
                table: "outbox_mails");

            migrationBuilder.DropColumn(
                name: "row_version",
                table: "outbox_mails");

            migrationBuilder.DropColumn(
                name: "checker_id",
                table: "inquiries");

            migrationBuilder.DropColumn(
                name: "extended_to",
                table: "inquiries");

            migrationBuilder.DropColumn(
                name: "extension_reason",
                table: "inquiries");

            migrationBuilder.DropColumn(
                name: "message",
                table: "inquiries");

            migrationBuilder.DropColumn(
                name: "own_due",
                table: "inquiries");

            migrationBuilder.DropColumn(
                name: "parent_id",
                table: "inquiries");

            migrationBuilder.DropColumn(
                name: "passed_from_id",
                table: "inquiries");

            migrationBuilder.DropColumn(
                name: "passed_on_because",
                table: "inquiries");

            migrationBuilder.DropColumn(
                name: "upper_unit_ids",
                table: "inquiries");

            migrationBuilder.DropColumn(
                name: "partner_kinds",
                table: "collaboration_forms");

            migrationBuilder.DropColumn(
                name: "carried_from_id",
                table: "cases");

            migrationBuilder.DropColumn(
                name: "held_version",
                table: "cases");

            migrationBuilder.DropColumn(
                name: "began_at",
                table: "case_versions");

            migrationBuilder.DropColumn(
                name: "route_json",
                table: "approval_requests");

            migrationBuilder.DropColumn(
                name: "step",
                table: "approval_requests");

            migrationBuilder.AlterColumn<string>(
                name: "last_error",
                table: "outbox_mails",
                type: "text",
                nullable: true,
                oldClrType: typeof(string),
                oldType: "character varying(400)",
                oldMaxLength: 400,
                oldNullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_cases_programme_key_year_unit_id",
                table: "cases",
                columns: new[] { "programme_key", "year", "unit_id" });

            migrationBuilder.CreateIndex(
                name: "ix_cases_project_id",
                table: "cases",
                column: "project_id");
        }
    }
}
