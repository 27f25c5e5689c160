package dev.segue.orchestrator.status.http;

import dev.segue.orchestrator.status.openapi.Route;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.zip.CRC32;

/** Files that pages need. */
final class Assets {
    private final Pages pages;

    Assets(Pages pages) {
        this.pages = pages;
    }

    List<Route> routes() {
        return List.of(Route.of(HandlerType.GET, "/assets/{name}", "Gives a file that pages need.", this::asset)
                .with(Route.Place.PATH, "name", "string", "Its name.")
                .answering(200, "The file.", "application/octet-stream", null)
                .answering(304, "It is what is there already.", "", null)
                .problem(404, "There is no such file."));
    }

    private void asset(Context context) {
        String name = context.pathParam("name");
        Pages.Asset asset = pages.asset(name)
                .orElseThrow(() -> HttpProblem.of(
                        HttpStatus.NOT_FOUND, "name", name, "there is no such file", "take one that a page names"));
        CRC32 sum = new CRC32();
        sum.update(asset.content());
        String tag = "\"" + Long.toHexString(sum.getValue()) + "-" + asset.content().length + "\"";
        context.header("ETag", tag).header("Cache-Control", "no-cache");
        if (tag.equals(context.header("If-None-Match"))) {
            context.status(HttpStatus.NOT_MODIFIED);
        } else {
            context.contentType(asset.mediaType()).result(asset.content());
        }
    }
}
