using Kyodo.Common;
using Kyodo.Statistics;
using Xunit;

namespace Kyodo.Core.Tests.Statistics;

public sealed class MapTests
{
    [Theory]
    [InlineData(2007, 48)]
    [InlineData(2008, 48)]
    [InlineData(2009, 47)]
    [InlineData(2010, 45)]
    [InlineData(2026, 45)]
    public void The_map_has_the_municipalities_of_the_year(int year, int count) => Assert.Equal(count, MapTiles.All.Count(tile => tile.StandsIn(new FiscalYear(year))));

    [Fact]
    public void No_two_tiles_stand_on_one_place_and_each_bureau_is_known()
    {
        Assert.Equal(MapTiles.All.Count, MapTiles.All.Select(tile => (tile.Column, tile.Row)).Distinct().Count());
        Assert.Equal(10, MapTiles.Bureaus.Count);
        Assert.Empty(MapTiles.All.Select(tile => tile.Bureau).Where(code => code.Length > 0).Except(MapTiles.Bureaus.Select(bureau => bureau.Code)));
    }

    [Fact]
    public void Codes_have_their_check_digit() => Assert.All(MapTiles.All.Select(tile => tile.Code).OfType<string>(), code => Assert.True(CheckDigit.IsGovernmentCode(code)));

    // A ward's city, a prefecture next door with a town of the same name, a hole, an island, and a village that nobody knows.
    [Fact]
    public void The_official_file_is_read_by_its_names()
    {
        var outlines = Read("""
            {"type":"FeatureCollection","features":[
              {"type":"Feature","properties":{"N03_003":"熊本市","N03_004":"中央区","N03_007":"43101"},"geometry":{"type":"Polygon","coordinates":[[[130.6,32.7],[130.8,32.7],[130.8,32.9],[130.6,32.9],[130.6,32.7]]]}},
              {"type":"Feature","properties":{"N03_003":"熊本市","N03_004":"東区","N03_007":"43102"},"geometry":{"type":"MultiPolygon","coordinates":[[[[130.8,32.7],[130.9,32.7],[130.9,32.9],[130.8,32.7]]]]}},
              {"type":"Feature","properties":{"N03_003":"阿蘇郡","N03_004":"高森町","N03_007":"20403"},"geometry":{"type":"Polygon","coordinates":[[[137.8,35.5],[137.9,35.5],[137.9,35.6],[137.8,35.5]]]}},
              {"type":"Feature","properties":{"N03_004":"高森町","N03_007":"43428"},"geometry":{"type":"Polygon","coordinates":[[[131.1,32.8],[131.2,32.8],[131.2,32.9],[131.1,32.8]]]}},
              {"type":"Feature","properties":{"N03_004":"しらない村","N03_007":"43999"},"geometry":null}]}
            """, out var problem);
        Assert.Null(problem);
        Assert.Equal(["熊本市", "高森町"], outlines!.Shapes.Select(shape => shape.Name));
        Assert.All(outlines.Shapes, shape => Assert.InRange(shape.X, 0, outlines.Width));
        Assert.All(outlines.Shapes, shape => Assert.InRange(shape.Y, 0, outlines.Height));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"features":[]}""")]
    [InlineData("""{"features":[1,null,{"properties":1,"geometry":2}]}""")]
    [InlineData("""{"features":[{"properties":{"name":"熊本市"},"geometry":{"type":"Polygon","coordinates":[]}}]}""")]
    [InlineData("""{"features":[{"properties":{"name":"熊本市"},"geometry":{"type":"Polygon","coordinates":"no"}}]}""")]
    [InlineData("""{"features":[{"properties":{"name":"熊本市"},"geometry":{"type":"Polygon","coordinates":[[[1]]]}}]}""")]
    [InlineData("""{"features":[{"properties":{"name":"熊本市"},"geometry":{"type":"Polygon","coordinates":[[[30000,90000],[30010,90010],[1,1]]]}}]}""")]
    [InlineData("""{"features":[{"properties":{"name":"熊本市"},"geometry":{"type":"Polygon","coordinates":[[]]}}]}""")]
    [InlineData("""{"features":[{"properties":{"name":"熊本市"},"geometry":{"type":"Polygon"}}]}""")]
    public void A_file_that_is_no_map_is_named_as_a_problem_and_nothing_is_drawn_from_it(string content)
    {
        Assert.Null(Read(content, out var problem));
        Assert.Contains(Boundaries.FileName, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_file_nothing_is_wrong()
    {
        Assert.Null(new Boundaries(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"))).Read(out var problem));
        Assert.Null(problem);
    }

    private static Outlines? Read(string content, out string? problem)
    {
        var folder = Directory.CreateTempSubdirectory("kyodo-map-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, Boundaries.FileName), content);
            return new Boundaries(folder.FullName).Read(out problem);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
