using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Kyodo.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Selection : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "published_bests",
                columns: table => new
                {
                    revision_id = table.Column<long>(type: "bigint", nullable: false),
                    case_id = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    reason = table.Column<string>(type: "character varying(800)", maxLength: 800, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_published_bests", x => new { x.revision_id, x.case_id });
                    table.ForeignKey(
                        name: "fk_published_bests_revision_revision_id",
                        column: x => x.revision_id,
                        principalTable: "revisions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "selections",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    programme_key = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    year = table.Column<int>(type: "integer", nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    criteria_json = table.Column<string>(type: "text", nullable: false),
                    nominate_until = table.Column<DateOnly>(type: "date", nullable: false),
                    score_until = table.Column<DateOnly>(type: "date", nullable: false),
                    places_of_unit = table.Column<int>(type: "integer", nullable: false),
                    jurors_of_entry = table.Column<int>(type: "integer", nullable: false),
                    juror_ids = table.Column<List<long>>(type: "bigint[]", nullable: false),
                    exception = table.Column<string>(type: "character varying(1601)", maxLength: 1601, nullable: false),
                    decided_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    government_code = table.Column<string>(type: "character varying(6)", maxLength: 6, nullable: false),
                    row_version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_selections", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "nominations",
                columns: table => new
                {
                    id = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    selection_id = table.Column<long>(type: "bigint", nullable: false),
                    case_id = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    project_id = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    case_title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    unit_id = table.Column<long>(type: "bigint", nullable: false),
                    form_no = table.Column<int>(type: "integer", nullable: false),
                    by_office = table.Column<bool>(type: "boolean", nullable: false),
                    reason = table.Column<string>(type: "character varying(800)", maxLength: 800, nullable: false),
                    by = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    outcome = table.Column<string>(type: "character varying(800)", maxLength: 800, nullable: false),
                    collaboration = table.Column<double>(type: "double precision", nullable: true),
                    government_code = table.Column<string>(type: "character varying(6)", maxLength: 6, nullable: false),
                    row_version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_nominations", x => x.id);
                    table.ForeignKey(
                        name: "fk_nominations_cases_case_id",
                        column: x => x.case_id,
                        principalTable: "cases",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_nominations_org_units_unit_id",
                        column: x => x.unit_id,
                        principalTable: "org_units",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_nominations_selections_selection_id",
                        column: x => x.selection_id,
                        principalTable: "selections",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "judgements",
                columns: table => new
                {
                    id = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    nomination_id = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    person_id = table.Column<long>(type: "bigint", nullable: false),
                    juror = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    points = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    words = table.Column<string>(type: "character varying(800)", maxLength: 800, nullable: false),
                    collaboration_reason = table.Column<string>(type: "character varying(800)", maxLength: 800, nullable: false),
                    dissent = table.Column<string>(type: "character varying(800)", maxLength: 800, nullable: false),
                    conflict = table.Column<string>(type: "character varying(800)", maxLength: 800, nullable: false),
                    government_code = table.Column<string>(type: "character varying(6)", maxLength: 6, nullable: false),
                    row_version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_judgements", x => x.id);
                    table.ForeignKey(
                        name: "fk_judgements_nomination_nomination_id",
                        column: x => x.nomination_id,
                        principalTable: "nominations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_judgements_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_judgements_nomination_id_person_id",
                table: "judgements",
                columns: new[] { "nomination_id", "person_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_judgements_person_id",
                table: "judgements",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_nominations_case_id",
                table: "nominations",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "ix_nominations_project_id",
                table: "nominations",
                column: "project_id");

            migrationBuilder.CreateIndex(
                name: "ix_nominations_selection_id_case_id",
                table: "nominations",
                columns: new[] { "selection_id", "case_id" });

            migrationBuilder.CreateIndex(
                name: "ix_nominations_unit_id",
                table: "nominations",
                column: "unit_id");

            migrationBuilder.CreateIndex(
                name: "ix_selections_programme_key_year",
                table: "selections",
                columns: new[] { "programme_key", "year" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "judgements");

            migrationBuilder.DropTable(
                name: "published_bests");

            migrationBuilder.DropTable(
                name: "nominations");

            migrationBuilder.DropTable(
                name: "selections");
        }
    }
}
