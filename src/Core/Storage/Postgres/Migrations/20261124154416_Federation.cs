using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Kyodo.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Federation : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "federated_governments",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    code = table.Column<string>(type: "character varying(6)", maxLength: 6, nullable: false),
                    name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    address = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    credit = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    is_ended = table.Column<bool>(type: "boolean", nullable: false),
                    looked_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    said = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    government_code = table.Column<string>(type: "character varying(6)", maxLength: 6, nullable: false),
                    row_version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_federated_governments", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "federated_editions",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    government_id = table.Column<long>(type: "bigint", nullable: false),
                    programme_key = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    year = table.Column<int>(type: "integer", nullable: false),
                    name_ja = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    name_en = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    no = table.Column<int>(type: "integer", nullable: false),
                    released_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    erratum = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    remark = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    licence = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    forms_json = table.Column<string>(type: "text", nullable: false),
                    manifest_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    source = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    is_plain_list = table.Column<bool>(type: "boolean", nullable: false),
                    case_count = table.Column<int>(type: "integer", nullable: false),
                    taken_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    government_code = table.Column<string>(type: "character varying(6)", maxLength: 6, nullable: false),
                    row_version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_federated_editions", x => x.id);
                    table.ForeignKey(
                        name: "fk_federated_editions_federated_government_government_id",
                        column: x => x.government_id,
                        principalTable: "federated_governments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "federated_cases",
                columns: table => new
                {
                    edition_id = table.Column<long>(type: "bigint", nullable: false),
                    case_id = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    project_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    source_id = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    order = table.Column<int>(type: "integer", nullable: false),
                    year = table.Column<int>(type: "integer", nullable: false),
                    title = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    summary = table.Column<string>(type: "text", nullable: false),
                    form_no = table.Column<int>(type: "integer", nullable: false),
                    unit_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    unit_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    declared = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    lineage = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    status = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    budget_yen = table.Column<long>(type: "bigint", nullable: true),
                    municipalities_json = table.Column<string>(type: "text", nullable: false),
                    themes_json = table.Column<string>(type: "text", nullable: false),
                    partners_json = table.Column<string>(type: "text", nullable: false),
                    answers_json = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_federated_cases", x => new { x.edition_id, x.case_id });
                    table.ForeignKey(
                        name: "fk_federated_cases_federated_edition_edition_id",
                        column: x => x.edition_id,
                        principalTable: "federated_editions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_federated_cases_case_id",
                table: "federated_cases",
                column: "case_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_federated_cases_year",
                table: "federated_cases",
                column: "year");

            migrationBuilder.CreateIndex(
                name: "ix_federated_editions_government_id_programme_key_year",
                table: "federated_editions",
                columns: new[] { "government_id", "programme_key", "year" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_federated_governments_code",
                table: "federated_governments",
                column: "code",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "federated_cases");

            migrationBuilder.DropTable(
                name: "federated_editions");

            migrationBuilder.DropTable(
                name: "federated_governments");
        }
    }
}
