/// Split archives as a pure function of the file list: plans, and the streams and readers that produce their bytes.
module dev.transpack.librar {
    requires static org.jspecify;

    exports dev.transpack.librar;
}
