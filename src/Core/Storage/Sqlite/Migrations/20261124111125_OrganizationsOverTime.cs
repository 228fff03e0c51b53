using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Kyodo.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class OrganizationsOverTime : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "reorganizations",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    title = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    status = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    lines_json = table.Column<string>(type: "TEXT", nullable: false),
                    former_years_json = table.Column<string>(type: "TEXT", nullable: false),
                    appointments_json = table.Column<string>(type: "TEXT", nullable: false),
                    applied_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    government_code = table.Column<string>(type: "TEXT", maxLength: 6, nullable: false),
                    row_version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reorganizations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "unit_lineages",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    reorganization_id = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    predecessor_id = table.Column<long>(type: "INTEGER", nullable: false),
                    successor_id = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_unit_lineages", x => x.id);
                    table.ForeignKey(
                        name: "fk_unit_lineages_org_units_predecessor_id",
                        column: x => x.predecessor_id,
                        principalTable: "org_units",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_unit_lineages_org_units_successor_id",
                        column: x => x.successor_id,
                        principalTable: "org_units",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_unit_lineages_reorganizations_reorganization_id",
                        column: x => x.reorganization_id,
                        principalTable: "reorganizations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_unit_lineages_predecessor_id_successor_id",
                table: "unit_lineages",
                columns: new[] { "predecessor_id", "successor_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_unit_lineages_reorganization_id",
                table: "unit_lineages",
                column: "reorganization_id");

            migrationBuilder.CreateIndex(
                name: "ix_unit_lineages_successor_id",
                table: "unit_lineages",
                column: "successor_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "unit_lineages");

            migrationBuilder.DropTable(
                name: "reorganizations");
        }
    }
}
