using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Kyodo.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Casebooks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "taken_over_from",
                table: "revisions",
                type: "character varying(300)",
                maxLength: 300,
                nullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "title",
                table: "published_cases",
                type: "character varying(400)",
                maxLength: 400,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(200)",
                oldMaxLength: 200);

            migrationBuilder.CreateTable(
                name: "case_questions",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    case_id = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    case_title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    unit_id = table.Column<long>(type: "bigint", nullable: true),
                    unit_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    text = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    person_id = table.Column<long>(type: "bigint", nullable: true),
                    asked_by = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    asked_from = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    asked_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    answer = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    answered_by = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    answered_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    government_code = table.Column<string>(type: "character varying(6)", maxLength: 6, nullable: false),
                    row_version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_case_questions", x => x.id);
                    table.ForeignKey(
                        name: "fk_case_questions_org_units_unit_id",
                        column: x => x.unit_id,
                        principalTable: "org_units",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "case_readings",
                columns: table => new
                {
                    month = table.Column<int>(type: "integer", nullable: false),
                    unit_id = table.Column<long>(type: "bigint", nullable: false),
                    case_id = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    times = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_case_readings", x => new { x.month, x.unit_id, x.case_id });
                });

            migrationBuilder.CreateTable(
                name: "case_uses",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    case_id = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    project_id = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    unit_id = table.Column<long>(type: "bigint", nullable: false),
                    note = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    own_case_id = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: true),
                    own_project_id = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: true),
                    used_by = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    used_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    taken_back_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    government_code = table.Column<string>(type: "character varying(6)", maxLength: 6, nullable: false),
                    row_version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_case_uses", x => x.id);
                    table.ForeignKey(
                        name: "fk_case_uses_org_units_unit_id",
                        column: x => x.unit_id,
                        principalTable: "org_units",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "case_voices",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    case_id = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    case_title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    year = table.Column<int>(type: "integer", nullable: false),
                    unit_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    unit_id = table.Column<long>(type: "bigint", nullable: true),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    text = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    said_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    note = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    handled_by = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    handled_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    told_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    government_code = table.Column<string>(type: "character varying(6)", maxLength: 6, nullable: false),
                    row_version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_case_voices", x => x.id);
                    table.ForeignKey(
                        name: "fk_case_voices_org_units_unit_id",
                        column: x => x.unit_id,
                        principalTable: "org_units",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "casebook_visits",
                columns: table => new
                {
                    person_id = table.Column<long>(type: "bigint", nullable: false),
                    before_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    seen_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_casebook_visits", x => x.person_id);
                });

            migrationBuilder.CreateTable(
                name: "redactions",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    case_id = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    programme_key = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    year = table.Column<int>(type: "integer", nullable: false),
                    basis = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    reason = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    passages_json = table.Column<string>(type: "text", nullable: false),
                    fields_json = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    government_code = table.Column<string>(type: "character varying(6)", maxLength: 6, nullable: false),
                    row_version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_redactions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "scheduled_releases",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    programme_key = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    year = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    erratum = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    remark = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    with_pdf = table.Column<bool>(type: "boolean", nullable: false),
                    tells_staff = table.Column<bool>(type: "boolean", nullable: false),
                    by_id = table.Column<long>(type: "bigint", nullable: true),
                    by_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    problem = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    government_code = table.Column<string>(type: "character varying(6)", maxLength: 6, nullable: false),
                    row_version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_scheduled_releases", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "withdrawals",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    case_id = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    programme_key = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    year = table.Column<int>(type: "integer", nullable: false),
                    title = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    reason = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    withdrawn_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    government_code = table.Column<string>(type: "character varying(6)", maxLength: 6, nullable: false),
                    row_version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_withdrawals", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_case_questions_asked_at",
                table: "case_questions",
                column: "asked_at");

            migrationBuilder.CreateIndex(
                name: "ix_case_questions_case_id",
                table: "case_questions",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "ix_case_questions_unit_id",
                table: "case_questions",
                column: "unit_id");

            migrationBuilder.CreateIndex(
                name: "ix_case_readings_case_id",
                table: "case_readings",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "ix_case_uses_project_id",
                table: "case_uses",
                column: "project_id");

            migrationBuilder.CreateIndex(
                name: "ix_case_uses_unit_id",
                table: "case_uses",
                column: "unit_id");

            migrationBuilder.CreateIndex(
                name: "ix_case_uses_used_at",
                table: "case_uses",
                column: "used_at");

            migrationBuilder.CreateIndex(
                name: "ix_case_voices_case_id",
                table: "case_voices",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "ix_case_voices_told_at_status",
                table: "case_voices",
                columns: new[] { "told_at", "status" });

            migrationBuilder.CreateIndex(
                name: "ix_case_voices_unit_id",
                table: "case_voices",
                column: "unit_id");

            migrationBuilder.CreateIndex(
                name: "ix_redactions_programme_key_year",
                table: "redactions",
                columns: new[] { "programme_key", "year" });

            migrationBuilder.CreateIndex(
                name: "ix_scheduled_releases_status_at",
                table: "scheduled_releases",
                columns: new[] { "status", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_withdrawals_case_id",
                table: "withdrawals",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "ix_withdrawals_programme_key_year",
                table: "withdrawals",
                columns: new[] { "programme_key", "year" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "case_questions");

            migrationBuilder.DropTable(
                name: "case_readings");

            migrationBuilder.DropTable(
                name: "case_uses");

            migrationBuilder.DropTable(
                name: "case_voices");

            migrationBuilder.DropTable(
                name: "casebook_visits");

            migrationBuilder.DropTable(
                name: "redactions");

            migrationBuilder.DropTable(
                name: "scheduled_releases");

            migrationBuilder.DropTable(
                name: "withdrawals");

            migrationBuilder.DropColumn(
                name: "taken_over_from",
                table: "revisions");

            migrationBuilder.AlterColumn<string>(
                name: "title",
                table: "published_cases",
                type: "character varying(200)",
                maxLength: 200,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(400)",
                oldMaxLength: 400);
        }
    }
}
