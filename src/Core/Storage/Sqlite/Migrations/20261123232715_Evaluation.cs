using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Kyodo.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Evaluation : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "email",
                table: "partners",
                type: "TEXT",
                maxLength: 254,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "merged_into_id",
                table: "partners",
                type: "TEXT",
                maxLength: 12,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "evaluation_sheets",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    status = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    definition_json = table.Column<string>(type: "TEXT", nullable: false),
                    frozen_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    government_code = table.Column<string>(type: "TEXT", maxLength: 6, nullable: false),
                    row_version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_evaluation_sheets", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "partner_confirmations",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    partner_id = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    case_id = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    case_version = table.Column<int>(type: "INTEGER", nullable: false),
                    fields_json = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    government_code = table.Column<string>(type: "TEXT", maxLength: 6, nullable: false),
                    row_version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_partner_confirmations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "partner_consents",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    partner_id = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    case_id = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    case_version = table.Column<int>(type: "INTEGER", nullable: false),
                    wording_version = table.Column<int>(type: "INTEGER", nullable: false),
                    scores = table.Column<bool>(type: "INTEGER", nullable: false),
                    words = table.Column<bool>(type: "INTEGER", nullable: false),
                    silence = table.Column<bool>(type: "INTEGER", nullable: false),
                    channel = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    decided_by = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    decided_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    government_code = table.Column<string>(type: "TEXT", maxLength: 6, nullable: false),
                    row_version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_partner_consents", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "partner_invitations",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    partner_id = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    email = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    token = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    invited_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    reminded_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    last_entered_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    expires_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    revoked_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    revoked_by = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    government_code = table.Column<string>(type: "TEXT", maxLength: 6, nullable: false),
                    row_version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_partner_invitations", x => x.id);
                    table.ForeignKey(
                        name: "fk_partner_invitations_partner_partner_id",
                        column: x => x.partner_id,
                        principalTable: "partners",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "published_evaluations",
                columns: table => new
                {
                    revision_id = table.Column<long>(type: "INTEGER", nullable: false),
                    case_id = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    criteria_json = table.Column<string>(type: "TEXT", nullable: false),
                    scale_json = table.Column<string>(type: "TEXT", nullable: false),
                    government = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    partners_json = table.Column<string>(type: "TEXT", nullable: false),
                    form_no = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_published_evaluations", x => new { x.revision_id, x.case_id });
                    table.ForeignKey(
                        name: "fk_published_evaluations_revision_revision_id",
                        column: x => x.revision_id,
                        principalTable: "revisions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "evaluation_calls",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    programme_key = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    year = table.Column<int>(type: "INTEGER", nullable: false),
                    phase = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    sheet_id = table.Column<long>(type: "INTEGER", nullable: false),
                    due = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    government_code = table.Column<string>(type: "TEXT", maxLength: 6, nullable: false),
                    row_version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_evaluation_calls", x => x.id);
                    table.ForeignKey(
                        name: "fk_evaluation_calls_evaluation_sheet_sheet_id",
                        column: x => x.sheet_id,
                        principalTable: "evaluation_sheets",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "partner_links",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    invitation_id = table.Column<long>(type: "INTEGER", nullable: false),
                    token_hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    code_hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    browser_hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    asked_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    expires_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    used_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    wrong_codes = table.Column<int>(type: "INTEGER", nullable: false),
                    government_code = table.Column<string>(type: "TEXT", maxLength: 6, nullable: false),
                    row_version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_partner_links", x => x.id);
                    table.ForeignKey(
                        name: "fk_partner_links_partner_invitations_invitation_id",
                        column: x => x.invitation_id,
                        principalTable: "partner_invitations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "partner_sessions",
                columns: table => new
                {
                    key_hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    invitation_id = table.Column<long>(type: "INTEGER", nullable: false),
                    began_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    seen_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_partner_sessions", x => x.key_hash);
                    table.ForeignKey(
                        name: "fk_partner_sessions_partner_invitations_invitation_id",
                        column: x => x.invitation_id,
                        principalTable: "partner_invitations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "evaluations",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    call_id = table.Column<long>(type: "INTEGER", nullable: false),
                    case_id = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    project_id = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    case_title = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    unit_id = table.Column<long>(type: "INTEGER", nullable: false),
                    form_no = table.Column<int>(type: "INTEGER", nullable: false),
                    form = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    status = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    opened_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    reflections_json = table.Column<string>(type: "TEXT", nullable: false),
                    meeting_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    meeting_people = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    meeting_record = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    improvements_json = table.Column<string>(type: "TEXT", nullable: false),
                    grade = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    grade_by = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    grade_words = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    government_code = table.Column<string>(type: "TEXT", maxLength: 6, nullable: false),
                    row_version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_evaluations", x => x.id);
                    table.ForeignKey(
                        name: "fk_evaluations_cases_case_id",
                        column: x => x.case_id,
                        principalTable: "cases",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_evaluations_evaluation_call_call_id",
                        column: x => x.call_id,
                        principalTable: "evaluation_calls",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_evaluations_org_unit_unit_id",
                        column: x => x.unit_id,
                        principalTable: "org_units",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "evaluation_sides",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    evaluation_id = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    partner_id = table.Column<string>(type: "TEXT", maxLength: 12, nullable: true),
                    name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    partner_kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    order = table.Column<int>(type: "INTEGER", nullable: false),
                    status = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    marks = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    grounds_json = table.Column<string>(type: "TEXT", nullable: false),
                    follow_ups_json = table.Column<string>(type: "TEXT", nullable: false),
                    words = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    channel = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    received_by = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    began_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    submitted_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    closed_by_deadline = table.Column<bool>(type: "INTEGER", nullable: false),
                    confirmed_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    confirmed_by = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    government_code = table.Column<string>(type: "TEXT", maxLength: 6, nullable: false),
                    row_version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_evaluation_sides", x => x.id);
                    table.ForeignKey(
                        name: "fk_evaluation_sides_evaluations_evaluation_id",
                        column: x => x.evaluation_id,
                        principalTable: "evaluations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_evaluation_calls_programme_key_year_phase",
                table: "evaluation_calls",
                columns: new[] { "programme_key", "year", "phase" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_evaluation_calls_sheet_id",
                table: "evaluation_calls",
                column: "sheet_id");

            migrationBuilder.CreateIndex(
                name: "ix_evaluation_sheets_version",
                table: "evaluation_sheets",
                column: "version",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_evaluation_sides_evaluation_id",
                table: "evaluation_sides",
                column: "evaluation_id");

            migrationBuilder.CreateIndex(
                name: "ix_evaluation_sides_partner_id",
                table: "evaluation_sides",
                column: "partner_id");

            migrationBuilder.CreateIndex(
                name: "ix_evaluations_call_id_case_id",
                table: "evaluations",
                columns: new[] { "call_id", "case_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_evaluations_case_id",
                table: "evaluations",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "ix_evaluations_project_id",
                table: "evaluations",
                column: "project_id");

            migrationBuilder.CreateIndex(
                name: "ix_evaluations_unit_id",
                table: "evaluations",
                column: "unit_id");

            migrationBuilder.CreateIndex(
                name: "ix_partner_confirmations_case_id_partner_id",
                table: "partner_confirmations",
                columns: new[] { "case_id", "partner_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_partner_consents_case_id_partner_id",
                table: "partner_consents",
                columns: new[] { "case_id", "partner_id" });

            migrationBuilder.CreateIndex(
                name: "ix_partner_invitations_partner_id",
                table: "partner_invitations",
                column: "partner_id");

            migrationBuilder.CreateIndex(
                name: "ix_partner_invitations_token",
                table: "partner_invitations",
                column: "token",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_partner_links_browser_hash",
                table: "partner_links",
                column: "browser_hash");

            migrationBuilder.CreateIndex(
                name: "ix_partner_links_invitation_id",
                table: "partner_links",
                column: "invitation_id");

            migrationBuilder.CreateIndex(
                name: "ix_partner_links_token_hash",
                table: "partner_links",
                column: "token_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_partner_sessions_invitation_id",
                table: "partner_sessions",
                column: "invitation_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "evaluation_sides");

            migrationBuilder.DropTable(
                name: "partner_confirmations");

            migrationBuilder.DropTable(
                name: "partner_consents");

            migrationBuilder.DropTable(
                name: "partner_links");

            migrationBuilder.DropTable(
                name: "partner_sessions");

            migrationBuilder.DropTable(
                name: "published_evaluations");

            migrationBuilder.DropTable(
                name: "evaluations");

            migrationBuilder.DropTable(
                name: "partner_invitations");

            migrationBuilder.DropTable(
                name: "evaluation_calls");

            migrationBuilder.DropTable(
                name: "evaluation_sheets");

            migrationBuilder.DropColumn(
                name: "email",
                table: "partners");

            migrationBuilder.DropColumn(
                name: "merged_into_id",
                table: "partners");
        }
    }
}
